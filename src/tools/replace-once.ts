import { ToolError } from "../agent/tool.ts";
import { nearHint } from "./near-text.ts";
import { type PlainText, withLineEnding } from "./plain-text.ts";

const LISTED_LINES = 20;

/** One piece of text, and what comes in its place. */
export interface TextEdit {
  readonly oldText: string;
  readonly newText: string;
}

export interface Replacement {
  readonly text: string;
  /** 1-based line where the replaced text begins. */
  readonly line: number;
}

export interface ReplaceContext {
  /** The file, as the model knows it. */
  readonly shown: string;
  /** What may be told of its text, line for line. */
  readonly mask: (text: string) => string;
  /** Begins a message: which of several edits it is about. */
  readonly prefix?: string;
}

/**
 * Replaces the one place where `oldText` stands, letter by letter; only line ends may differ, and the file's own are
 * kept. Throws a `ToolError` where it stands nowhere or in several places, with their lines.
 */
export function replaceOnce(
  file: Pick<PlainText, "text" | "lineEnding">,
  { oldText, newText }: TextEdit,
  { shown, mask, prefix = "" }: ReplaceContext,
): Replacement {
  const wanted = withLineEnding(oldText, "\n");
  const plain = withLineEnding(file.text, "\n");
  const [first, ...others] = placesOf(plain, wanted);
  if (first === undefined) {
    const hint = nearHint(withLineEnding(mask(file.text), "\n"), wanted);
    throw new ToolError(`${prefix}old_text does not occur in ${shown}. ${hint}`);
  }
  if (others.length > 0) throw new ToolError(prefix + severalMessage(plain, [first, ...others], shown));
  const start = originalOffset(file.text, first);
  const end = originalOffset(file.text, first + wanted.length);
  const replaced = withLineEnding(newText, endingWithin(file, start, end));
  const text = file.text.slice(0, start) + replaced + file.text.slice(end);
  if (text === file.text) {
    throw new ToolError(`${prefix}old_text and new_text are the same; ${shown} would not change.`);
  }
  return { text, line: lineAt(plain, first) };
}

/** Of text with mixed line ends, what the replaced lines have. */
function endingWithin({ text, lineEnding }: Pick<PlainText, "text" | "lineEnding">, start: number, end: number) {
  const [found] = /\r?\n/.exec(text.slice(start, end)) ?? [];
  return found === "\r\n" || found === "\n" ? found : lineEnding;
}

/** Overlapping places count: which one is meant is not clear either. */
function placesOf(text: string, wanted: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

/** Where a place of the text with plain line ends lies in the original: each `\r\n` before it is one character longer. */
function originalOffset(original: string, plainOffset: number): number {
  let offset = 0;
  let left = plainOffset;
  for (;;) {
    const next = original.indexOf("\r\n", offset);
    const step = next === -1 ? left + 1 : next - offset + 1;
    if (left < step) return offset + left;
    left -= step;
    offset = next + 2;
  }
}

function severalMessage(text: string, places: readonly number[], shown: string): string {
  const lines = places.slice(0, LISTED_LINES).map((at) => lineAt(text, at));
  const more = places.length > LISTED_LINES ? ", …" : "";
  return `old_text occurs ${places.length} times in ${shown}, on lines ${lines.join(", ")}${more}. It must occur exactly once: give more of the lines around the place that is meant.`;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
