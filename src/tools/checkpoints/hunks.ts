import { diffLines } from "diff";

/** A piece of a text that differs from the original. Lines are counted from 0. */
export interface Hunk {
  readonly originalStart: number;
  /** As they are in the original, with their line ends. */
  readonly originalLines: readonly string[];
  readonly currentStart: number;
  readonly currentLines: readonly string[];
}

/** A diff that takes longer counts as one piece. */
const DIFF_TIME_MS = 1000;

/** The pieces in which two texts differ, in order; a line whose end alone differs is one. */
export function hunksOf(original: string, current: string): readonly Hunk[] {
  const parts = diffLines(original, current, { timeout: DIFF_TIME_MS });
  const whole = { originalStart: 0, originalLines: linesOf(original), currentStart: 0, currentLines: linesOf(current) };
  if (parts === undefined) return [whole];
  const hunks: Hunk[] = [];
  let [from, to] = [0, 0];
  let removed: readonly string[] = [];
  let added: readonly string[] = [];
  const end = (): void => {
    if (removed.length + added.length > 0) {
      hunks.push({ originalStart: from, originalLines: removed, currentStart: to, currentLines: added });
    }
    from += removed.length;
    to += added.length;
    [removed, added] = [[], []];
  };
  for (const part of parts) {
    const lines = linesOf(part.value);
    if (part.removed) removed = [...removed, ...lines];
    else if (part.added) added = [...added, ...lines];
    else {
      end();
      from += lines.length;
      to += lines.length;
    }
  }
  end();
  return hunks;
}

/** The current text with this piece as it was. */
export function withoutHunk(current: string, { currentStart, currentLines, originalLines }: Hunk): string {
  return replaceLines(linesOf(current), { start: currentStart, count: currentLines.length, lines: originalLines });
}

/** The original text with this piece as it is now. */
export function withHunk(original: string, { originalStart, originalLines, currentLines }: Hunk): string {
  return replaceLines(linesOf(original), { start: originalStart, count: originalLines.length, lines: currentLines });
}

interface LineReplacement {
  readonly start: number;
  readonly count: number;
  readonly lines: readonly string[];
}

/** Not by `toSpliced`: a call takes no hundred thousands of arguments. */
function replaceLines(all: readonly string[], { start, count, lines }: LineReplacement): string {
  return [...all.slice(0, start), ...lines, ...all.slice(start + count)].join("");
}

/** With their line ends; an empty text has none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
