import type { ToolCall, Turn } from "../../src/protocol/chat-state.ts";

/** A file that was read. Lines are 1-based. */
export interface Reference {
  readonly path: string;
  readonly startLine?: number;
  /** Inclusive. */
  readonly endLine?: number;
}

/** What the calls of a turn read, each range once, in their order. */
export function referencesOf({ parts }: Pick<Turn, "parts">): readonly Reference[] {
  const found = parts.flatMap((part) => (part.kind === "tool" ? readBy(part.call) : []));
  return [...new Map(found.map((reference) => [JSON.stringify(reference), reference])).values()];
}

/** `read_file` begins each range of its result with `PATH (lines A-B of N)`, and each line with its number and a tab. */
function readBy({ name, input, status }: ToolCall): readonly Reference[] {
  if (name !== "read_file" || status.kind !== "succeeded") return [];
  const ranges = [...status.result.matchAll(/^(?!\d+\t)(.+) \(lines (\d+)-(\d+) of [^\n]*\)$/gm)];
  if (ranges.length > 0) {
    return ranges.map(([, path = "", start, end]) => ({ path, startLine: Number(start), endLine: Number(end) }));
  }
  const path = pathIn(input);
  return path === undefined ? [] : [{ path }];
}

function pathIn(input: string): string | undefined {
  const text = /"path"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(input)?.[1];
  return text === undefined ? undefined : String(JSON.parse(text));
}
