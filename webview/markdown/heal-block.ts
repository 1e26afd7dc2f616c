import { healInline } from "./heal-inline.ts";

const startsBlock = /^[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|\|)/;
const fenceLine = /^[ \t>]*(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)*(`{3,}|~{3,})/;

/**
 * Completes the source of the block that is still growing, for display only: inline marks, a table whose second line is not here
 * yet, an underline that may turn out to be a list.
 */
export function healBlock(source: string): string {
  const lines = source.split("\n");
  const last = lines.at(-1) ?? "";
  if (isInsideFence(lines)) return source;
  const isFirst = lines.length === 1;
  // `-` below a paragraph is a heading's underline until the list item that it begins has its text.
  if (!isFirst && /^ {0,3}(?:=+|-+)[ \t]*$/.test(last)) return lines.slice(0, -1).join("\n");
  if (/^[ \t]*(?:[*_]{1,2}|`{1,2}|~{1,2})$/.test(last)) return lines.slice(0, -1).join("\n");
  const table = healTableStart(lines);
  if (table !== undefined) return table;
  return healLastPiece(lines);
}

function isInsideFence(lines: readonly string[]): boolean {
  let marker: string | undefined;
  for (const line of lines) {
    const found = fenceLine.exec(line)?.[1];
    if (found === undefined) continue;
    if (marker === undefined) marker = found;
    else if (found.startsWith(marker) && line.trim().endsWith(found)) marker = undefined;
  }
  return marker !== undefined;
}

/** A table needs its second line; until that one is complete it would show as a paragraph of bars. */
function healTableStart(lines: readonly string[]): string | undefined {
  const [header = "", delimiter] = lines;
  const isStart = lines.length === 1 || (lines.length === 2 && /^[ \t]*\|?[\s:|-]*$/.test(delimiter ?? ""));
  if (!isStart || !/^ {0,3}\|/.test(header)) return undefined;
  const row = healInline(header.trimEnd());
  const closed = row.endsWith("|") && row.trim() !== "|" ? row : `${row} |`;
  const columns = closed.replace(/\\\|/g, "").split("|").length - 2;
  return `${closed}\n|${"---|".repeat(Math.max(1, columns))}`;
}

/** Heals from the last line that begins something of its own; in a table row, from the last cell. */
function healLastPiece(lines: readonly string[]): string {
  let start = lines.length - 1;
  while (start > 0 && !startsBlock.test(lines[start] ?? "") && (lines[start - 1] ?? "").trim() !== "") start -= 1;
  const before = lines.slice(0, start).map((line) => `${line}\n`);
  const piece = lines.slice(start).join("\n");
  const mark = startsBlock.exec(piece)?.[0] ?? "";
  const cell = /^[ \t]*\|/.test(piece) ? Math.max(piece.lastIndexOf("|") + 1, mark.length) : mark.length;
  return `${before.join("")}${piece.slice(0, cell)}${healInline(piece.slice(cell))}`;
}
