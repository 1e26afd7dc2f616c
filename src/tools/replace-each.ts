import { ToolError } from "../agent/tool.ts";
import type { PlainText } from "./plain-text.ts";
import { type ReplaceContext, replaceOnce, type TextEdit } from "./replace-once.ts";

export interface Replacements {
  readonly text: string;
  /** 1-based lines of the new text where the replaced pieces begin, in the order of the edits. */
  readonly lines: readonly number[];
}

/**
 * Makes several edits one after another, each in the text that those before it left: all or none. Throws a `ToolError`
 * that names the edit which does not match exactly once.
 */
export function replaceEach(
  file: PlainText,
  edits: readonly TextEdit[],
  { shown, mask }: Pick<ReplaceContext, "shown" | "mask">,
): Replacements {
  let { text } = file;
  let lines: readonly number[] = [];
  for (const [index, edit] of edits.entries()) {
    const prefix = edits.length === 1 ? "" : `Edit ${index + 1} of ${edits.length}, nothing was changed: `;
    const { lineEnding } = file;
    const replacement = replaceOnce({ text, lineEnding }, edit, { shown, mask, prefix });
    const shift = linesOf(replacement.text) - linesOf(text);
    lines = [...lines.map((line) => (line > replacement.line ? line + shift : line)), replacement.line];
    ({ text } = replacement);
  }
  if (text === file.text) throw new ToolError(`The edits undo each other; ${shown} would not change.`);
  return { text, lines };
}

function linesOf(text: string): number {
  return text.split("\n").length;
}
