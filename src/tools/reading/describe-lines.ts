import { ToolError, type ToolSuccess, textResult } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";
import type { TextWindow } from "../text-window.ts";
import type { AskedRange } from "./asked-ranges.ts";

export interface LinesSummary {
  /** The file, as shown. */
  readonly shown: string;
  readonly ranges: readonly AskedRange[];
  /** One for each range. */
  readonly windows: readonly TextWindow[];
  /** Said behind the counts: where the text comes from, or how it was decoded. */
  readonly origin: string;
}

/** The result as the model reads it: each range under its own first line. Throws a `ToolError` where no range has a line. */
export function describeLines({ shown, ranges, windows, origin }: LinesSummary): ToolSuccess {
  const [first] = windows;
  if (first === undefined || first.total.lines === 0) {
    return { content: textResult(`${shown} (empty${origin})`), title: t("Read {0}, empty", shown) };
  }
  const parts = ranges.flatMap((range, index) => {
    const window = windows[index];
    return window === undefined ? [] : [describeRange(shown, range, window, origin)];
  });
  const read = parts.flatMap(({ lines }) => lines ?? []);
  if (read.length === 0) throw new ToolError(parts.map(({ text }) => text).join("\n"));
  return {
    content: textResult(parts.map(({ text }) => text).join("\n\n")),
    title: t("Read {0}, lines {1} of {2}", shown, read.join(t(" and ")), shownCount(first)),
  };
}

interface DescribedRange {
  readonly text: string;
  /** Absent where it has none. */
  readonly lines?: string;
}

function describeRange(shown: string, asked: AskedRange, window: TextWindow, origin: string): DescribedRange {
  const { lines, total } = window;
  const count = countOf(window);
  if (lines.length === 0) {
    return { text: `${shown} has ${count} line${total.lines === 1 ? "" : "s"}; there is no line ${asked.start}.` };
  }
  const last = asked.start + lines.length - 1;
  const numbered = lines.map((line, index) => `${asked.start + index}\t${line}`).join("\n");
  const header = `${shown} (lines ${asked.start}-${last} of ${count}${origin})`;
  const note = last < Math.min(asked.hasEnd ? asked.end : total.lines, total.lines) ? restNote(last, count) : "";
  return { text: `${header}\n${numbered}${note}`, lines: `${asked.start}–${last}` };
}

function restNote(last: number, count: string): string {
  return `\n(${count} lines in all; read on with startLine ${last + 1})`;
}

function shownCount({ total }: TextWindow): string {
  return total.kind === "atLeast" ? t("more than {0}", total.lines) : `${total.lines}`;
}

function countOf({ total }: TextWindow): string {
  return `${total.kind === "atLeast" ? "more than " : ""}${total.lines}`;
}
