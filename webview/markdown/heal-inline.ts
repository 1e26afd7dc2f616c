interface OpenMark {
  readonly character: string;
  count: number;
}

interface Run {
  readonly character: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
}

const space = /\s/u;
const punctuation = /[\p{P}\p{S}]/u;

/**
 * Closes what an unfinished piece of inline markdown leaves open, so that no raw `**`, `` ` `` or `[x](` is seen while it streams.
 * A mark at the very end that opens or half closes something is left out until more is known. An approximation of CommonMark's
 * rules that only ever concerns what is shown until the next words arrive.
 */
export function healInline(text: string): string {
  const open: OpenMark[] = [];
  const brackets: number[] = [];
  let index = 0;
  while (index < text.length) {
    const next = scan(text, index, open, brackets);
    if (typeof next === "string") return next;
    index = next;
  }
  return closeMarks(text, open);
}

/** @returns where to go on, or the healed text when what begins at `index` is unfinished */
function scan(text: string, index: number, open: OpenMark[], brackets: number[]): number | string {
  switch (text.charAt(index)) {
    case "\\":
      return index + 2;
    case "[":
      brackets.push(index);
      return index + 1;
    case "]":
      return scanLinkEnd(text, index, open, brackets.pop());
    case "`": {
      const length = runLength(text, index);
      const end = findBackticks(text, index + length, length);
      return end === -1 ? closeCode(text, index, length, open) : end;
    }
    case "*":
    case "_":
    case "~": {
      const length = runLength(text, index);
      if (index + length === text.length) return closeMarks(text.slice(0, keptEnd(text, index, length, open)), open);
      applyRun(runAt(text, index, length), open);
      return index + length;
    }
  }
  return index + 1;
}

function scanLinkEnd(
  text: string,
  index: number,
  open: readonly OpenMark[],
  start: number | undefined,
): number | string {
  if (start === undefined || text.charAt(index + 1) !== "(") return index + 1;
  const end = findParenthesis(text, index + 1);
  return end === -1 ? closeMarks(withoutLink(text, start, index), open) : end;
}

/** An unclosed code span: closed when it has content, left out when it has none. */
function closeCode(text: string, index: number, length: number, open: readonly OpenMark[]): string {
  const content = text.slice(index + length).replace(/`+$/, "");
  if (content.trim() === "") return closeMarks(text.slice(0, index), open);
  return `${text.slice(0, index + length)}${content}${"`".repeat(length)}${closers(open)}`;
}

function closeMarks(text: string, open: readonly OpenMark[]): string {
  return open.length === 0 ? text : delimitAddress(text.trimEnd(), open) + closers(open);
}

/** An address takes every closing `_` and `~` behind it for a part of itself; in angle brackets it does not. */
function delimitAddress(text: string, open: readonly OpenMark[]): string {
  if (open.every(({ character }) => character === "*")) return text;
  return text.replace(/(?<![^\s*_~])https?:\/\/[^\s<>]*$/i, "<$&>");
}

function closers(open: readonly OpenMark[]): string {
  return open
    .toReversed()
    .map(({ character, count }) => character.repeat(count))
    .join("");
}

/** `[label](https://unfinis`: the label alone. */
function withoutLink(text: string, start: number, labelEnd: number): string {
  const before = text.charAt(start - 1) === "!" ? start - 1 : start;
  return text.slice(0, before) + text.slice(start + 1, labelEnd);
}

function runLength(text: string, index: number): number {
  let end = index;
  while (text.charAt(end) === text.charAt(index)) end += 1;
  return end - index;
}

function findBackticks(text: string, from: number, length: number): number {
  for (let index = text.indexOf("`", from); index !== -1; index = text.indexOf("`", index)) {
    const found = runLength(text, index);
    if (found === length) return index + found;
    index += found;
  }
  return -1;
}

/** @returns the index behind the closing parenthesis, -1 when the text ends before it */
function findParenthesis(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === "\n") return start;
    if (character === "\\") index += 1;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return -1;
}

function runAt(text: string, index: number, length: number): Run {
  const character = text.charAt(index);
  const before = text.charAt(index - 1) || " ";
  const after = text.charAt(index + length) || " ";
  const left = !space.test(after) && (!punctuation.test(after) || space.test(before) || punctuation.test(before));
  const right = !space.test(before) && (!punctuation.test(before) || space.test(after) || punctuation.test(after));
  const word = character === "_";
  return {
    character,
    length: character === "~" ? Math.floor(length / 2) * 2 : length,
    canOpen: left && (!word || !right || punctuation.test(before)),
    canClose: right && (!word || !left || punctuation.test(after)),
  };
}

function applyRun({ character, length, canOpen, canClose }: Run, open: OpenMark[]): void {
  let rest = length;
  while (canClose && rest > 0) {
    const position = open.findLastIndex((mark) => mark.character === character);
    const mark = open[position];
    if (mark === undefined) break;
    const used = Math.min(rest, mark.count);
    mark.count -= used;
    rest -= used;
    open.length = mark.count === 0 ? position : position + 1;
  }
  if (canOpen && rest > 0) open.push({ character, count: rest });
}

/** Decides about a run of marks at the very end: kept (and applied) when it closes what is open, else left out. */
function keptEnd(text: string, index: number, length: number, open: OpenMark[]): number {
  const run = runAt(text, index, length);
  const mark = open.findLast(({ character }) => character === run.character);
  if (run.character === "~" && length === 1) return index + 1;
  if (mark === undefined || !run.canClose || run.length < mark.count) return index;
  applyRun({ ...run, canOpen: false }, open);
  return index + length;
}
