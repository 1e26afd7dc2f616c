import { sliceText } from "./slice-text.ts";

/** Characters of a found line that are shown. */
const LONGEST_EXCERPT = 300;

/** The line as it is, or 300 characters of a longer one around the match, `…` where it was cut. `start` and `end` count characters. */
export function lineExcerpt(line: string, start: number, end: number): string {
  const text = line.trimEnd();
  if (text.length <= LONGEST_EXCERPT) return text;
  const room = Math.max(0, LONGEST_EXCERPT - (end - start));
  const from = Math.max(0, Math.min(start - Math.floor(room / 2), text.length - LONGEST_EXCERPT));
  const to = Math.min(text.length, from + LONGEST_EXCERPT);
  return `${from > 0 ? "…" : ""}${sliceText(text, from, to)}${to < text.length ? "…" : ""}`;
}
