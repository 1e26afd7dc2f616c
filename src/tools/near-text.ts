import { lineExcerpt } from "./line-excerpt.ts";

const LISTED_LINES = 20;
/** Lines that are compared one by one; a longer file is searched for other blanks only. */
const MOST_COMPARED = 200_000;
/** Characters of a line that are compared. */
const COMPARED_SIZE = 200;
/** Share of pairs of letters in common from which on a line is worth naming. */
const LEAST_LIKENESS = 0.6;

/** For a text that does not occur: where the same words stand with other blanks, or the line most like it. Both with `\n`. */
export function nearHint(text: string, wanted: string): string {
  const lines = text.split("\n");
  const near = linesWithOtherBlanks(lines.map(squeeze), wanted);
  if (near.length > 0) {
    return `The same text with other blanks begins on line ${near.slice(0, LISTED_LINES).join(", ")}; blanks must match as well.`;
  }
  const nearest = nearestLine(lines, wanted);
  const letterByLetter = "It must match letter by letter, blanks and line breaks included";
  if (nearest === undefined) return `${letterByLetter}: read the file again.`;
  return `${letterByLetter}. The nearest is line ${nearest}: ${lineExcerpt(lines[nearest - 1] ?? "", 0, 0)}`;
}

/** Lines that hold the same words with other blanks: the usual reason why a text is not found. */
function linesWithOtherBlanks(squeezed: readonly string[], wanted: string): readonly number[] {
  if (squeeze(wanted) === "") return [];
  const [first = "", ...rest] = wanted.split("\n").map(squeeze);
  const isHere = (index: number): boolean => rest.every((line, more) => squeezed[index + 1 + more] === line);
  return squeezed.flatMap((line, index) => (line === first && isHere(index) ? [index + 1] : []));
}

/** The 1-based line most like the longest of those wanted. */
function nearestLine(lines: readonly string[], wanted: string): number | undefined {
  if (lines.length > MOST_COMPARED) return undefined;
  const [longest = ""] = wanted
    .split("\n")
    .map(squeeze)
    .toSorted((a, b) => b.length - a.length);
  const pairs = pairsOf(longest);
  if (pairs.size < 3) return undefined;
  let best = { line: 0, likeness: LEAST_LIKENESS, difference: Number.POSITIVE_INFINITY };
  for (const [index, original] of lines.entries()) {
    const line = squeeze(original);
    const likeness = likenessOf(pairs, pairsOf(line));
    const difference = Math.abs(line.length - longest.length);
    const isBetter = likeness > best.likeness || (likeness === best.likeness && difference < best.difference);
    if (isBetter) best = { line: index + 1, likeness, difference };
  }
  return best.line === 0 ? undefined : best.line;
}

/** Dice's coefficient over pairs of letters: 1 = the same pairs. */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of other) if (one.has(pair)) common++;
  return (2 * common) / (one.size + other.size);
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= Math.min(text.length, COMPARED_SIZE); at++) pairs.add(text.slice(at, at + 2));
  return pairs;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
