import { collapseWhitespace } from "./collapse-whitespace.ts";
import { makeDifferenceVisible, makeVisible } from "./make-visible.ts";

/**
 * A unified difference as it really is, line for line: hidden characters and long runs of white space are drawn, and
 * where a removed line and the one that takes its place would look alike, both are spelled out.
 */
export function visibleDiff(diff: string): string {
  const lines = diff.split("\n");
  const shown: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const removed = runOf(lines, at, "-");
    const added = runOf(lines, at + removed.length, "+");
    if (removed.length + added.length === 0) {
      shown.push(makeVisible(lines[at] ?? ""));
      at++;
      continue;
    }
    for (const line of visiblePairs(removed, added)) shown.push(line);
    at += removed.length + added.length;
  }
  return shown.map(collapseWhitespace).join("\n");
}

function runOf(lines: readonly string[], from: number, sign: "-" | "+"): readonly string[] {
  let end = from;
  while (lines[end]?.startsWith(sign) === true) end++;
  return lines.slice(from, end).map((line) => line.slice(1));
}

function visiblePairs(removed: readonly string[], added: readonly string[]): readonly string[] {
  const pairs = Array.from({ length: Math.max(removed.length, added.length) }, (_, at) => {
    const [before, after] = [removed[at], added[at]];
    if (before === undefined || after === undefined)
      return { before: before && makeVisible(before), after: after && makeVisible(after) };
    return makeDifferenceVisible(before, after);
  });
  return [
    ...pairs.flatMap(({ before }) => (before === undefined ? [] : [`-${before}`])),
    ...pairs.flatMap(({ after }) => (after === undefined ? [] : [`+${after}`])),
  ];
}
