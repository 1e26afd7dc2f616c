import { createTwoFilesPatch, OMIT_HEADERS } from "diff";
import type { TextChange } from "../agent/tool.ts";

const CONTEXT_LINES = 3;
/** A diff that takes longer is made by cutting off what both texts begin and end with. */
const DIFF_TIME_MS = 1000;

/** The change as a unified diff without headers. Two texts whose lines all end in `\r\n` are compared without it. */
export function describeChange({ before = "", after }: TextChange): string {
  const isWindows = (text: string): boolean => !/(^|[^\r])\n/.test(text);
  const plain = (text: string): string =>
    isWindows(before) && isWindows(after) ? text.replaceAll("\r\n", "\n") : text;
  const [from, to] = [plain(before), plain(after)];
  const options = { context: CONTEXT_LINES, timeout: DIFF_TIME_MS, headerOptions: OMIT_HEADERS };
  const patch = createTwoFilesPatch("", "", from, to, undefined, undefined, options);
  return (patch ?? wholeBlock(from, to)).trimEnd();
}

/** How many lines come and go: "+3 −1". */
export function countChange(diff: string): string {
  const lines = diff.split("\n");
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return `+${count("+")} −${count("-")}`;
}

/** One hunk from the first line that differs to the last; right, if not always the shortest. */
function wholeBlock(before: string, after: string): string {
  const [old, changed] = [before.split("\n"), after.split("\n")];
  const most = Math.min(old.length, changed.length);
  let head = 0;
  while (head < most && old[head] === changed[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === changed.at(-1 - tail)) tail++;
  const removed = old.slice(head, old.length - tail);
  const added = changed.slice(head, changed.length - tail);
  const range = `@@ -${head + 1},${removed.length} +${head + 1},${added.length} @@`;
  return [range, ...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join("\n");
}
