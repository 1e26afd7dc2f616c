import { defineTool, type Tool } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import { sizeLimit } from "../result-size.ts";
import { LANGUAGE_TIME_MS, type LanguagePorts, positionInput, preparePositionCall } from "./position-call.ts";

/** Finds every use of a symbol, as its language understands it. */
export function createFindReferences(ports: LanguagePorts): Tool {
  return defineTool({
    name: "find_references",
    description:
      "Finds every use of a symbol, its definition included, by the language extensions of the editor: more exact than a text search, since names in other scopes, comments and texts do not count. Name a line on which the symbol stands. The result lists `PATH:LINE  TEXT`, file by file. Of files with keys or passwords nothing is told.",
    input: positionInput,
    effect: "read",
    limits: [sizeLimit(), `${LANGUAGE_TIME_MS / 1000} seconds`],
    streamingTitle: t("Find references"),
    prepare: (asked) =>
      preparePositionCall(asked, {
        ports,
        noun: "reference",
        words: {
          doing: (symbol) => t("Finding references of {0}", symbol),
          question: (symbol) => t("Find the references of {0}?", symbol),
          done: (symbol) => t("Looked for references of {0}", symbol),
          count: (count) => plural(count, "{0} reference", "{0} references"),
        },
        hint: "Perhaps the name on that line is a keyword, or part of a text or comment; search_files finds it as text.",
        ask: (at, signal) => ports.language.references(at, signal),
      }),
  });
}
