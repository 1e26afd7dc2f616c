import { splitText } from "../primitives/split-text.ts";

/** A line of a value, or a piece of a very long one. */
export interface ValueRow {
  readonly kind: "text" | "added" | "removed" | "hunk" | "note";
  readonly text: string;
  /** Goes on where the row before it ends. */
  readonly continues: boolean;
}

/** The rows of a text, or of a unified difference without file headers. What a row says is the line itself, sign included. */
export function valueRows(value: string, isDiff: boolean): readonly ValueRow[] {
  return value.split("\n").flatMap((line) => {
    const kind = isDiff ? diffKind(line) : "text";
    return splitText(line).map((text, index) => ({ kind, text, continues: index > 0 }));
  });
}

function diffKind(line: string): ValueRow["kind"] {
  switch (line.charAt(0)) {
    case "+":
      return "added";
    case "-":
      return "removed";
    case "@":
      return "hunk";
    case "\\":
      return "note";
    default:
      return "text";
  }
}
