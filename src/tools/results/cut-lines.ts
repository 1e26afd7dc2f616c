/** Of what is shown of a text; its end has the rest. */
const HEAD_SHARE = 2 / 3;
/** For the line that says which lines are left out. */
const MARK_SIZE = 100;

/** As many whole lines of the beginning and the end as `size` characters hold, and between them which are left out. */
export function cutLines(lines: readonly string[], size: number): string {
  const room = size - MARK_SIZE;
  const first = fitting(lines, room * HEAD_SHARE);
  if (first === lines.length) return lines.join("\n");
  const last = lines.length - fitting(lines.slice(first).toReversed(), room * (1 - HEAD_SHARE));
  const [from, to, all] = [first + 1, last, lines.length].map((line) => line.toLocaleString("en"));
  return [...lines.slice(0, first), `… (lines ${from} to ${to} of ${all} left out) …`, ...lines.slice(last)].join("\n");
}

/** How many lines from the first on have room. */
function fitting(lines: readonly string[], size: number): number {
  let left = size;
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return end === -1 ? lines.length : end;
}
