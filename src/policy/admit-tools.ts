import type { Tool } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { makeVisible } from "./display/make-visible.ts";
import { mapTexts } from "./redaction/map-texts.ts";

/** What Converse and every model family take; letters of one alphabet, so that no other looks like them. */
const toolName = /^[a-zA-Z0-9_]{1,64}$/;
const longestDescription = 2_048;

export interface AdmittedTools {
  /** The product's own first, as they are. */
  readonly tools: readonly Tool[];
  /** Each with the reason, a sentence. */
  readonly refused: readonly string[];
}

/**
 * The product's tools and those from elsewhere. One from elsewhere whose name equals another's, or looks like it, is
 * refused; of one that is taken the texts are made visible, and its description is cut at 2,048 characters.
 */
export function admitTools(own: readonly Tool[], further: readonly Tool[]): AdmittedTools {
  const taken = new Map(own.map(({ name }) => [skeletonOf(name), name]));
  const tools: Tool[] = [...own];
  const refused: string[] = [];
  for (const tool of further) {
    const shown = JSON.stringify(makeVisible(tool.name).slice(0, 100));
    const other = taken.get(skeletonOf(tool.name));
    if (!toolName.test(tool.name)) {
      refused.push(t("The tool {0} is refused: a name has 1 to 64 letters, digits and underscores.", shown));
    } else if (other !== undefined) {
      refused.push(
        other === tool.name
          ? t("The tool {0} is refused: its name is that of {1}.", shown, other)
          : t("The tool {0} is refused: its name looks like that of {1}.", shown, other),
      );
    } else {
      taken.set(skeletonOf(tool.name), tool.name);
      tools.push(withPlainTexts(tool));
    }
  }
  return { tools, refused };
}

/** Names with the same skeleton are easily taken for one another. */
function skeletonOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[_-]/g, "")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("0", "o")
    .replaceAll("5", "s")
    .replaceAll(/[1i|]/g, "l");
}

function withPlainTexts(tool: Tool): Tool {
  const description = makeVisible(tool.description);
  const cut = description.length > longestDescription;
  return {
    name: tool.name,
    description: cut ? `${description.slice(0, longestDescription - 1)}…` : description,
    inputSchema: mapTexts(tool.inputSchema, makeVisible),
    effect: tool.effect,
    ...(tool.set !== undefined && { set: makeVisible(tool.set) }),
    ...(tool.isOffByDefault && { isOffByDefault: true }),
    limits: tool.limits.map(makeVisible),
    streamingTitle: makeVisible(tool.streamingTitle),
    prepare: (input, signal) => tool.prepare(input, signal),
  };
}
