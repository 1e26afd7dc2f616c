import { ToolError } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";
import type { LineRange } from "../text-window.ts";

const DEFAULT_LINES = 2000;

/** Lines as the model asks for them: one range, several, or none, which means the beginning. */
export interface AskedLines {
  readonly startLine?: number | undefined;
  readonly endLine?: number | undefined;
  readonly ranges?: readonly { readonly startLine: number; readonly endLine: number }[] | undefined;
}

export interface AskedRange extends LineRange {
  /** Whether the end was asked for: what was not needs no note. */
  readonly hasEnd: boolean;
}

/** In order of their lines, those that meet made one. Throws a `ToolError` for ranges that cannot be. */
export function askedRanges({ startLine, endLine, ranges }: AskedLines): readonly AskedRange[] {
  if (ranges === undefined) {
    const start = startLine ?? 1;
    requireOrder(start, endLine);
    return [{ start, end: endLine ?? start + DEFAULT_LINES - 1, hasEnd: endLine !== undefined }];
  }
  if (startLine !== undefined || endLine !== undefined) {
    throw new ToolError("Give either startLine and endLine for one range, or ranges for several.");
  }
  const wanted = ranges
    .map((range) => ({ start: range.startLine, end: range.endLine, hasEnd: true }))
    .toSorted((a, b) => a.start - b.start);
  const joined: AskedRange[] = [];
  for (const range of wanted) {
    requireOrder(range.start, range.end);
    const last = joined.at(-1);
    if (last === undefined || range.start > last.end + 1) joined.push(range);
    else joined.splice(-1, 1, { ...last, end: Math.max(last.end, range.end) });
  }
  return joined;
}

/** Behind a file's name in a title: `, lines 1–10 and 50–60`. */
export function rangesTitle(asked: AskedLines): string {
  const { startLine, endLine, ranges } = asked;
  if (ranges !== undefined) {
    const parts = askedRanges(asked).map(({ start, end }) => `${start}–${end}`);
    return t(", lines {0}", parts.join(t(" and ")));
  }
  if (endLine !== undefined) return t(", lines {0}–{1}", startLine ?? 1, endLine);
  return startLine === undefined ? "" : t(", from line {0}", startLine);
}

function requireOrder(start: number, end: number | undefined): void {
  if (end !== undefined && end < start) throw new ToolError(`endLine (${end}) is before startLine (${start}).`);
}
