import { defineTool, type Tool } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import { sizeLimit } from "../result-size.ts";
import { LANGUAGE_TIME_MS, type LanguagePorts, positionInput, preparePositionCall } from "./position-call.ts";

/** Finds where a symbol is defined, as its language understands it. */
export function createGetDefinition(ports: LanguagePorts): Tool {
  return defineTool({
    name: "get_definition",
    description:
      "Finds where a symbol is defined, by the language extensions of the editor. Name a line on which the symbol stands. The result lists `PATH:LINE  TEXT`, or `PATH:FIRST-LAST` where the extent of the definition is known; read it with read_file. Definitions outside the workspace are named without their text.",
    input: positionInput,
    effect: "read",
    limits: [sizeLimit(), `${LANGUAGE_TIME_MS / 1000} seconds`],
    streamingTitle: t("Find a definition"),
    prepare: (asked) =>
      preparePositionCall(asked, {
        ports,
        noun: "definition",
        words: {
          doing: (symbol) => t("Finding definitions of {0}", symbol),
          question: (symbol) => t("Find the definitions of {0}?", symbol),
          done: (symbol) => t("Looked for definitions of {0}", symbol),
          count: (count) => plural(count, "{0} definition", "{0} definitions"),
        },
        hint: "Perhaps the name on that line is a keyword, or part of a text or comment; find_symbols finds symbols by name.",
        ask: (at, signal) => ports.language.definitions(at, signal),
      }),
  });
}
