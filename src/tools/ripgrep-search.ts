import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as z from "zod";
import { ToolError } from "../agent/tool.ts";
import { boundedLines } from "./bounded-lines.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { lineExcerpt } from "./line-excerpt.ts";
import { ripgrepArguments } from "./ripgrep-arguments.ts";
import type { FoundLine, SearchEngine, SearchOutcome, SearchRequest } from "./search-engine.ts";
import type { RawLine, ScreenedFile } from "./search-screen.ts";

/** A record of ripgrep's JSON output longer than this belongs to a line that nobody can read. */
const LONGEST_RECORD = 1024 * 1024;
const LONGEST_ERROR = 4000;

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
    const child = spawn(binary, ripgrepArguments(request), {
      cwd: request.root,
      // Nothing is inherited, RIPGREP_CONFIG_PATH above all. Windows starts no program without SystemRoot.
      env: process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {},
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const ended = endOf(child);
    // Awaited below; until then a failed start must not count as unhandled.
    ended.catch(() => undefined);
    const stop = () => child.kill("SIGKILL");
    const either = AbortSignal.any([signal, request.deadline]);
    either.addEventListener("abort", stop, { once: true });
    try {
      if (either.aborted) stop();
      const { found, stoppedBy } = await collect(child.stdout, request);
      if (stoppedBy === "limit") stop();
      const { exitCode, errors } = await ended;
      signal.throwIfAborted();
      return outcome(found, request.deadline.aborted ? "deadline" : stoppedBy, exitCode, errors);
    } finally {
      either.removeEventListener("abort", stop);
      stop();
    }
  };
}

interface Ending {
  readonly exitCode: number | null;
  readonly errors: string;
}

async function endOf(child: ChildProcess): Promise<Ending> {
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    if (errors.length < LONGEST_ERROR) errors += chunk;
  });
  try {
    const [exitCode] = await once(child, "close");
    return { exitCode, errors };
  } catch (error) {
    throw new ToolError(`ripgrep could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** ripgrep ends with 2 when anything failed. With --no-messages its error text is left for what makes the search impossible. */
function outcome(
  found: readonly FoundLine[],
  stoppedBy: SearchOutcome["stoppedBy"],
  exitCode: number | null,
  errors: string,
): SearchOutcome {
  if (exitCode === 2 && errors.trim() !== "") throw new ToolError(errors.trim().slice(0, LONGEST_ERROR));
  return { found, stoppedBy, leftOut: exitCode === 2 ? ["some files could not be read"] : [] };
}

async function collect(
  output: AsyncIterable<Buffer>,
  request: SearchRequest,
): Promise<Pick<SearchOutcome, "found" | "stoppedBy">> {
  const found: FoundLine[] = [];
  const rules = new IgnoreRules();
  let path = "";
  let file: ScreenedFile | undefined;
  for await (const line of boundedLines(output, LONGEST_RECORD)) {
    const next = line.kind === "line" ? record.parse(JSON.parse(line.bytes.toString())) : undefined;
    if (next?.type === "begin") {
      path = relativePath(next.data.path);
      const left = await isLeftOut(path, request, rules);
      file = left ? undefined : await screened(path, request);
      continue;
    }
    const raw = next === undefined ? tooLong : toRawLine(next);
    const text = raw && file?.tell(raw);
    if (raw !== undefined && text !== undefined) {
      if (found.length === request.maxResults) return { found, stoppedBy: "limit" };
      found.push({ path, line: raw.line, text });
    }
  }
  return { found, stoppedBy: undefined };
}

/**
 * For ripgrep a glob outranks .gitignore; here it only narrows. Before version 15 ripgrep also missed anchored rules of the folders
 * above the start (BurntSushi/ripgrep#829, #2731).
 */
async function isLeftOut(path: string, request: SearchRequest, rules: IgnoreRules): Promise<boolean> {
  if (request.includeIgnored || (request.globs.length === 0 && request.start === "")) return false;
  return rules.isIgnored(join(request.root, path), false, join(request.root, request.start));
}

function relativePath(path: string): string {
  const slashes = process.platform === "win32" ? path.replaceAll("\\", "/") : path;
  return slashes.replace(/^\.\//, "");
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
