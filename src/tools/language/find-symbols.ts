import * as z from "zod";
import { defineTool, type PreparedCall, type Tool, ToolError } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import { expectedPath } from "../open-no-follow.ts";
import { openTextFile, refuseNoFile } from "../open-text-file.ts";
import { resolvePath } from "../resolve-path.ts";
import { sizeLimit } from "../result-size.ts";
import { describePlaces } from "./describe-places.ts";
import { type CodeSymbol, mapAnswer } from "./language.ts";
import { LANGUAGE_TIME_MS, type LanguagePorts } from "./position-call.ts";
import { createPlaceScreen } from "./screen-places.ts";

const input = z
  .object({
    query: z
      .string()
      .min(1)
      .optional()
      .describe("Name of the symbol, or a part of it. With path only the symbols of that file that have it."),
    path: z.string().optional().describe("File whose symbols to list, as an outline. Default: the whole workspace."),
  })
  .strict();

/** Finds symbols by name in the workspace, or lists those of a file. */
export function createFindSymbols(ports: LanguagePorts): Tool {
  return defineTool({
    name: "find_symbols",
    description:
      "Finds functions, classes, types and other symbols by name in the whole workspace (query), or lists those of one file as an outline (path), by the language extensions of the editor. The result lists `PATH:LINE  [KIND NAME] TEXT`, or `PATH:FIRST-LAST` where a symbol's extent is known. Of files with keys or passwords nothing is told.",
    input,
    effect: "read",
    limits: [sizeLimit(), `${LANGUAGE_TIME_MS / 1000} seconds`],
    streamingTitle: t("Find symbols"),
    prepare({ query, path }) {
      if (path !== undefined) return prepareOutline(ports, path, query);
      if (query === undefined) throw new ToolError("Give a query, or the path of a file to list its symbols.");
      return prepareQuery(ports, query);
    },
  });
}

async function prepareOutline(
  { workspace, language, guard }: LanguagePorts,
  path: string,
  query: string | undefined,
): Promise<PreparedCall> {
  const folders = workspace.folders();
  const file = await resolvePath(path, folders);
  await refuseNoFile(file);
  const canonical = await expectedPath(file.path);
  return {
    title: t("Finding symbols in {0}", file.shown),
    effect: "read",
    targets: [{ path: file.path, access: "read", canonical }],
    subject: { question: t("List the symbols of {0}?", file.shown), details: [{ label: t("File"), value: file.path }] },
    timeoutMs: LANGUAGE_TIME_MS,
    async run({ signal }) {
      await (await openTextFile(file, canonical)).close();
      const answer = await language.documentSymbols(file.path, signal);
      const chosen = mapAnswer(answer, (found) =>
        (query === undefined ? outlineOf(found) : found.filter(({ name }) => hasName(name, query))).map((symbol) => ({
          place: symbol.place,
          label: "  ".repeat(symbol.depth) + labelOf(symbol),
        })),
      );
      return describePlaces(chosen, {
        ...{
          shown: file.shown,
          noun: "symbol",
          count: countSymbols,
          folders,
          title: t("Looked for symbols in {0}", file.shown),
        },
        whenCut: "With a query there are fewer.",
        hint: query === undefined ? "" : "Without query all of its symbols are listed.",
        subject: query === undefined ? `of ${file.shown}` : `with "${query}"`,
        screen: createPlaceScreen({ workspace, guard, approved: file.path }),
      });
    },
  };
}

function prepareQuery({ workspace, language, guard }: LanguagePorts, query: string): PreparedCall {
  const folders = workspace.folders();
  if (folders.length === 0) throw new ToolError("No folder is open in the editor.", "E_OUTSIDE");
  const targets = folders.map(({ path }) => ({ path }));
  return {
    title: t('Finding symbols "{0}"', query),
    effect: "read",
    targets,
    subject: {
      question: t('Find symbols with "{0}"?', query),
      details: [{ label: t("Name"), value: query }, ...targets.map(({ path }) => ({ label: t("In"), value: path }))],
    },
    timeoutMs: LANGUAGE_TIME_MS,
    async run({ signal }) {
      const answer = await language.workspaceSymbols(query, signal);
      const labelled = mapAnswer(answer, (found) =>
        found
          .toSorted((one, other) => nearness(one, query) - nearness(other, query))
          .map((symbol) => ({ place: symbol.place, label: labelOf(symbol) })),
      );
      return describePlaces(labelled, {
        ...{ shown: "", noun: "symbol", count: countSymbols, folders, title: t('Looked for symbols "{0}"', query) },
        subject: `with "${query}"`,
        hint: "search_files finds text.",
        whenCut: "With a longer query there are fewer.",
        screen: createPlaceScreen({ workspace, guard, approved: undefined }),
      });
    },
  };
}

/** Without what stands on the line of what it is in, such as the parts of one line of JSON: that line is told already. */
function outlineOf(symbols: readonly CodeSymbol[]): readonly CodeSymbol[] {
  const above: number[] = [];
  return symbols.filter(({ depth, place }) => {
    const isTold = above.slice(0, depth).includes(place.line);
    above[depth] = place.line;
    return !isTold;
  });
}

function countSymbols(count: number): string {
  return plural(count, "{0} symbol", "{0} symbols");
}

function labelOf({ kind, name, container }: CodeSymbol): string {
  return `[${kind} ${name}${container === "" ? "" : ` in ${container}`}]`;
}

function hasName(name: string, query: string): boolean {
  return name.toLowerCase().includes(query.toLowerCase());
}

/** 0 for the very name, then names that begin with it, that have it, and those that the extension took to be near. */
function nearness({ name }: CodeSymbol, query: string): number {
  if (name === query) return 0;
  if (name.toLowerCase().startsWith(query.toLowerCase())) return 1;
  return hasName(name, query) ? 2 : 3;
}
