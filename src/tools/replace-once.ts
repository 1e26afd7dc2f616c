import { ToolError } from "../agent/tool.ts";
import { type PlainText, withLineEnding } from "./plain-text.ts";

const LISTED_LINES = 20;

export interface Replacement {
  readonly text: string;
  /** 1-based line where the replaced text begins. */
  readonly line: number;
}

/**
 * Replaces the one place where `oldText` stands, letter by letter; only line ends may differ, and the file's own are
 * kept. Throws a `ToolError` where it stands nowhere or in several places, with their lines.
 */
export function replaceOnce(file: PlainText, oldText: string, newText: string, shown: string): Replacement {
  const wanted = withLineEnding(oldText, "\n");
  const plain = withLineEnding(file.text, "\n");
  const [first, ...others] = placesOf(plain, wanted);
  if (first === undefined) throw new ToolError(`old_text does not occur in ${shown}. ${nearHint(plain, wanted)}`);
  if (others.length > 0) throw new ToolError(severalMessage(plain, [first, ...others], shown));
  const start = originalOffset(file.text, first);
  const end = originalOffset(file.text, first + wanted.length);
  const replaced = withLineEnding(newText, endingWithin(file, start, end));
  const text = file.text.slice(0, start) + replaced + file.text.slice(end);
  if (text === file.text) throw new ToolError(`old_text and new_text are the same; ${shown} would not change.`);
  return { text, line: lineAt(plain, first) };
}

/** Of text with mixed line ends, what the replaced lines have. */
function endingWithin({ text, lineEnding }: PlainText, start: number, end: number) {
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

/** Lines that hold the same words with other blanks: the usual reason why a text is not found. */
function nearHint(text: string, wanted: string): string {
  const [first = "", ...rest] = wanted.split("\n").map(squeeze);
  const lines = text.split("\n").map(squeeze);
  const isHere = (index: number): boolean => rest.every((line, more) => lines[index + 1 + more] === line);
  const near = lines.flatMap((line, index) => (line === first && isHere(index) ? [index + 1] : []));
  if (near.length === 0 || squeeze(wanted) === "") {
    return "It must match letter by letter, blanks and line breaks included: read the file again.";
  }
  return `The same text with other blanks begins on line ${near.slice(0, LISTED_LINES).join(", ")}; blanks must match as well.`;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
