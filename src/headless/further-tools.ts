import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Tool } from "../agent/tool.ts";
import { requestAgents } from "../bedrock/network/request-agents.ts";
import { createHttpTools } from "../tools/http/create-http-tools.ts";
import { secretsOfHeaders } from "../tools/http/headers.ts";
import { ArgumentError } from "./argument-error.ts";
import { environmentSecret } from "./http/environment-secret.ts";
import { NodeHttpClient } from "./http/node-http-client.ts";
import { isDefinitionFile, readToolsFile } from "./http/read-tools-file.ts";
import { WritesFile } from "./http/writes-file.ts";

export interface FurtherTools {
  readonly tools: readonly Tool[];
  /** What they sign in with: masked like every other secret. */
  readonly secrets: readonly string[];
}

export interface FurtherToolsOptions {
  readonly file: string | undefined;
  /** The file that keeps the session, where there is one. */
  readonly session: string | undefined;
  readonly report: (problem: string) => void;
}

/** The tools of `--tools`: a module's, or those that a file of definitions describes. Throws `ArgumentError`. */
export async function furtherTools({ file, session, report }: FurtherToolsOptions): Promise<FurtherTools> {
  if (file === undefined) return { tools: [], secrets: [] };
  if (!isDefinitionFile(file)) return { tools: await moduleTools(file), secrets: [] };
  const { definitions, problems } = await readToolsFile(resolve(file)).catch((error: unknown) => {
    throw new ArgumentError(`--tools: ${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  for (const problem of problems) report(`${file}: ${problem}`);
  const names = definitions.flatMap(({ headers }) => secretsOfHeaders(headers));
  const find = (name: string): string | undefined => environmentSecret(name, process.env);
  const create = createHttpTools({
    client: new NodeHttpClient(() => requestAgents({}, process.env)),
    findSecret: async (name) => find(name),
    openWrites: session === undefined ? inMemory : new WritesFile(`${resolve(session)}.writes.json`),
  });
  return { tools: create(definitions), secrets: names.flatMap((name) => find(name) ?? []) };
}

const inMemory = { load: async (): Promise<unknown> => undefined, save: async (): Promise<void> => undefined };

/** The module is the caller's own code: what it exports is taken as it is, after a look at its shape. */
async function moduleTools(file: string): Promise<readonly Tool[]> {
  const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href);
  if (!Array.isArray(module.default) || !module.default.every(isTool)) {
    throw new ArgumentError(`--tools: the default export of ${file} is not a list of tools.`);
  }
  return module.default;
}

function isTool(value: unknown): value is Tool {
  const parts = ["name", "inputSchema", "effect", "limits", "prepare"];
  return typeof value === "object" && value !== null && parts.every((part) => part in value);
}
