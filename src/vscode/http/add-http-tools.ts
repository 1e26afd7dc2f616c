import * as z from "zod";
import { formatNumber, t } from "../../protocol/localize.ts";
import { secretsOfHeaders } from "../../tools/http/headers.ts";
import { effectOf, type HttpToolDefinition, readHttpTools } from "../../tools/http/http-tool-definition.ts";
import { documentDigest } from "../../tools/http/openapi/document-digest.ts";
import { baseUrlOf, listOperations } from "../../tools/http/openapi/list-operations.ts";
import { isOpenApi, parseDocument, readDocument } from "../../tools/http/openapi/read-document.ts";
import { templateProblem } from "../../tools/http/url-template.ts";
import type { Choice, Prompts } from "../prompts.ts";

const mostReasons = 3;

export interface AddPrompts extends Prompts {
  /** Undefined: closed. `picked` are those that are checked at first. */
  pickMany<Value>(
    title: string,
    choices: readonly (Choice<Value> & { readonly picked: boolean })[],
  ): Promise<readonly Value[] | undefined>;
}

export interface AddHttpToolsOptions {
  readonly prompts: AddPrompts;
  /** The file, as the user knows it, and its text. */
  readonly document: { readonly name: string; readonly text: string };
  /** The folder that offers the document: its tools are there only where that is open. */
  readonly onlyIn?: string;
  /** The setting as it is now. */
  readonly written: unknown;
  readonly write: (tools: readonly unknown[]) => Promise<void>;
  readonly secrets: { readonly names: readonly string[]; set(name: string, value: string): Promise<void> };
}

/** The definitions of a document, and why others are none. */
interface Found {
  readonly definitions: readonly unknown[];
  readonly problems: readonly string[];
}

/**
 * Lets the user pick tools of an OpenAPI document, or of a list of definitions, and keeps those in the settings. Resolves
 * with a sentence on what was done; undefined: nothing. Throws `DocumentError`.
 */
export async function addHttpTools(options: AddHttpToolsOptions): Promise<string | undefined> {
  const { prompts, document, onlyIn, written, write } = options;
  const found = await findTools(options);
  if (found === undefined) return undefined;
  const { definitions, problems } = readHttpTools(found.definitions);
  const left = leftOut([...found.problems, ...problems]);
  if (definitions.length === 0) return `${t("{0} has no operation that can be a tool.", document.name)}${left}`;
  const source = { document: document.name, sha256: documentDigest(document.text) };
  const present = z.array(z.unknown()).catch([]).parse(written);
  const isOfDocument = (tool: unknown): boolean => sourceOf(tool) === document.name;
  const before = new Set(present.filter(isOfDocument).map(nameOf));
  const picked = await prompts.pickMany(
    t("Outcrop: Tools of {0}", document.name),
    definitions.map((definition) => toChoice(definition, before.has(definition.name))),
  );
  if (picked === undefined) return undefined;
  const kept = present.filter((tool) => !isOfDocument(tool));
  const names = new Set(kept.map(nameOf));
  const added = picked.map((definition) => ({ ...definition, source, ...(onlyIn !== undefined && { onlyIn }) }));
  const taken = added.filter(({ name }) => names.has(name)).map(({ name }) => name);
  if (taken.length > 0)
    return t("Nothing was added: there are other tools named {0} in outcrop.httpTools.", taken.join(", "));
  await write([...kept, ...added]);
  await askSecrets(added, options);
  const done = t(
    added.length === 1
      ? "{0} tool of {1} may be called by the model. A call is asked about until a rule allows it."
      : "{0} tools of {1} may be called by the model. A call is asked about until a rule allows it.",
    formatNumber(added.length),
    document.name,
  );
  return `${done}${left}`;
}

/** Where requests go is shown, and the user's to change, before anything is picked. */
async function findTools({ prompts, document: { name, text } }: AddHttpToolsOptions): Promise<Found | undefined> {
  const value = parseDocument(text);
  if (!isOpenApi(value)) return { definitions: z.array(z.unknown()).catch([]).parse(value), problems: [] };
  const document = await readDocument(value);
  const baseUrl = await prompts.ask({
    title: t("Outcrop: Server of {0}", name),
    prompt: t("Requests of the tools go to this address"),
    value: baseUrlOf(document) ?? "",
    placeholder: "https://api.example.com/v1",
    problemOf: (typed) => (typed.includes("?") ? t("An address without a query.") : templateProblem(typed, [])),
  });
  if (baseUrl === undefined) return undefined;
  const operations = listOperations(document, baseUrl.replace(/\/+$/u, ""));
  return {
    definitions: operations.flatMap((each) => (each.kind === "usable" ? [each.definition] : [])),
    problems: operations.flatMap((each) =>
      each.kind === "usable" ? [] : [`${each.method} ${each.path} ${each.reason}`],
    ),
  };
}

function toChoice(definition: HttpToolDefinition, picked: boolean) {
  const { name, method, url, description } = definition;
  const effect = effectOf(definition) === "read" ? t("reads") : t("changes something");
  return { label: name, description: `${effect}: ${method} ${url}`, detail: description, picked, value: definition };
}

/** Those that are not set yet; one that is left empty can be set later. */
async function askSecrets(
  added: readonly Pick<HttpToolDefinition, "headers">[],
  { prompts, secrets }: AddHttpToolsOptions,
): Promise<void> {
  const needed = new Set(added.flatMap(({ headers }) => secretsOfHeaders(headers)));
  for (const name of needed) {
    if (secrets.names.includes(name)) continue;
    const prompt = t("Its value, kept in VS Code's secret storage. Escape leaves it for Outcrop: Set Header Secret.");
    const value = await prompts.ask({ title: t("Outcrop: Secret {0}", name), prompt, password: true });
    if (value !== undefined) await secrets.set(name, value);
  }
}

function leftOut(problems: readonly string[]): string {
  if (problems.length === 0) return "";
  const shown = problems.slice(0, mostReasons).join("; ");
  const more = problems.length - mostReasons;
  return ` ${more > 0 ? t("Left out: {0} and {1} more.", shown, formatNumber(more)) : t("Left out: {0}.", shown)}`;
}

const named = z.object({ name: z.string() });
const sourced = z.object({ source: z.object({ document: z.string() }) });

function nameOf(tool: unknown): string {
  return named.catch({ name: "" }).parse(tool).name;
}

function sourceOf(tool: unknown): string | undefined {
  const parsed = sourced.safeParse(tool);
  return parsed.success ? parsed.data.source.document : undefined;
}
