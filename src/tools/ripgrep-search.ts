import { join } from "node:path";
import * as z from "zod";
import { boundedLines } from "./bounded-lines.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { lineExcerpt } from "./line-excerpt.ts";
import { ripgrepArguments } from "./ripgrep-arguments.ts";
import { isLeftOut, plainPath } from "./ripgrep-paths.ts";
import { runRipgrep } from "./ripgrep-process.ts";
import type { FoundLine, SearchEngine, SearchRequest } from "./search-engine.ts";
import type { RawLine, ScreenedFile } from "./search-screen.ts";

/** A record of ripgrep's JSON output longer than this belongs to a line that nobody can read. */
const LONGEST_RECORD = 1024 * 1024;

/** Text that is not UTF-8 comes as base64: docs.rs/grep-printer, struct JSON. */
const text = z.union([
  z.object({ text: z.string() }).transform(({ text }) => text),
  z.object({ bytes: z.base64() }).transform(({ bytes }) => Buffer.from(bytes, "base64").toString()),
]);
const record = z.union([
  z.object({ type: z.literal("begin"), data: z.object({ path: text }) }),
  z.object({
    type: z.literal("match"),
    data: z.object({
      path: text,
      lines: text,
      line_number: z.int(),
      submatches: z.array(z.object({ start: z.int(), end: z.int() })),
    }),
  }),
  z.object({ type: z.enum(["end", "summary", "context"]) }),
]);

/** The engine over a ripgrep binary: its output is read as it comes and the process is ended at the limit. */
export function ripgrepEngine(binary: string): SearchEngine {
  return async (request, signal) => {
    const { root, deadline } = request;
    const run = { binary, arguments: ripgrepArguments(request), root, signal, deadline };
    const { items, ...rest } = await runRipgrep(run, (output) => collect(output, request));
    return { found: items, ...rest };
  };
}

async function collect(
  output: AsyncIterable<Buffer>,
  request: SearchRequest,
): Promise<{ readonly items: readonly FoundLine[]; readonly isFull: boolean }> {
  const found: FoundLine[] = [];
  const rules = new IgnoreRules();
  let path = "";
  let file: ScreenedFile | undefined;
  for await (const line of boundedLines(output, LONGEST_RECORD)) {
    const next = line.kind === "line" ? record.parse(JSON.parse(line.bytes.toString())) : undefined;
    if (next?.type === "begin") {
      path = plainPath(next.data.path);
      const left = await isLeftOut(path, request, rules);
      file = left ? undefined : await screened(path, request);
      continue;
    }
    const raw = next === undefined ? tooLong : toRawLine(next);
    const text = raw && file?.tell(raw);
    if (raw !== undefined && text !== undefined) {
      if (found.length === request.maxResults) return { items: found, isFull: true };
      found.push({ path, line: raw.line, text });
    }
  }
  return { items: found, isFull: false };
}

const tooLong: RawLine = { line: undefined, text: "(a match in a line of more than 1 MB)", start: 0, end: 0 };
const asItIs: ScreenedFile = {
  isMasked: false,
  tell: ({ text: line, start, end }) => lineExcerpt(line, start, end),
};

async function screened(path: string, { root, screen }: SearchRequest): Promise<ScreenedFile | undefined> {
  return screen === undefined ? asItIs : screen(join(root, path));
}

/** ripgrep counts bytes. */
function toRawLine(found: z.infer<typeof record>): RawLine | undefined {
  if (found.type !== "match") return undefined;
  const { lines, line_number, submatches } = found.data;
  const bytes = Buffer.from(lines);
  const [first = { start: 0, end: 0 }] = submatches;
  const start = bytes.subarray(0, first.start).toString().length;
  const end = bytes.subarray(0, first.end).toString().length;
  return { line: line_number, text: lines, start, end };
}
