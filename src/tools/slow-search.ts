import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import ignore from "ignore";
import { IgnoreRules } from "./ignore-rules.ts";
import { lineExcerpt } from "./line-excerpt.ts";
import { LineMatcher, type MatchedLine } from "./line-matcher.ts";
import type { FoundLine, SearchEngine, SearchOutcome, SearchRequest } from "./search-engine.ts";
import { walkFiles } from "./walk-files.ts";

/** Larger files are left out, and the result says how many. */
const LARGEST_FILE = 16 * 1024 * 1024;
/** ripgrep, too, takes a file for binary when its first buffer has a NUL. */
const SNIFFED_BYTES = 64 * 1024;

/**
 * The engine for machines without ripgrep: the same answers in JavaScript, file after file. Regular expressions are JavaScript's;
 * one that never ends is ended by the request's deadline.
 */
export const slowSearch: SearchEngine = async (request, signal) => {
  const matcher = new LineMatcher(request.pattern, request.regex, request.caseSensitive);
  const either = AbortSignal.any([signal, request.deadline]);
  const stop = () => void matcher.close();
  either.addEventListener("abort", stop, { once: true });
  try {
    const outcome = await collect(matcher, request, either);
    signal.throwIfAborted();
    return outcome;
  } finally {
    either.removeEventListener("abort", stop);
    await matcher.close();
  }
};

async function collect(matcher: LineMatcher, request: SearchRequest, signal: AbortSignal): Promise<SearchOutcome> {
  const found: FoundLine[] = [];
  let unreadable = 0;
  let large = 0;
  const end = (stoppedBy: SearchOutcome["stoppedBy"]) => ({ found, stoppedBy, leftOut: leftOut(unreadable, large) });
  for await (const path of candidates(request, signal, () => unreadable++)) {
    if (signal.aborted) break;
    const file = await readSearchable(join(request.root, path));
    if (file.kind === "unreadable") unreadable++;
    if (file.kind === "large") large++;
    if (file.kind !== "text") continue;
    const room = request.maxResults - found.length;
    const lines = await matcher.match(file.text, room + 1);
    if (lines === undefined) break;
    found.push(...lines.slice(0, room).map((match) => toFoundLine(path, match)));
    if (lines.length > room) return end("limit");
  }
  return end(signal.aborted ? "deadline" : undefined);
}

function toFoundLine(path: string, { line, text, start, end }: MatchedLine): FoundLine {
  return { path, line, text: lineExcerpt(text, start, end) };
}

function leftOut(unreadable: number, large: number): readonly string[] {
  return [
    ...(unreadable > 0 ? ["some files could not be read"] : []),
    ...(large > 0 ? [`${large} ${large === 1 ? "file" : "files"} of more than 16 MB not searched`] : []),
  ];
}

/** Paths of the files to search: the start itself where it is a file, else all below that rules and globs leave in. */
async function* candidates(
  request: SearchRequest,
  signal: AbortSignal,
  onUnreadable: () => void,
): AsyncGenerator<string> {
  const { root, start } = request;
  if ((await stat(join(root, start))).isFile()) {
    yield start;
    return;
  }
  const rules = request.includeIgnored ? undefined : new IgnoreRules();
  const isWanted = globFilter(request.globs);
  for await (const path of walkFiles({ root, start, rules, signal, onUnreadable })) {
    if (isWanted(path)) yield path;
  }
}

function globFilter(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => true;
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const includes = ignore({ ignorecase: false }).add(wanted);
  const excludes = ignore({ ignorecase: false }).add(unwanted);
  return (path) => (wanted.length === 0 || includes.ignores(path)) && !excludes.ignores(path);
}

type Searchable =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary" }
  | { readonly kind: "large" }
  | { readonly kind: "unreadable" };

async function readSearchable(path: string): Promise<Searchable> {
  try {
    await using handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) return { kind: "unreadable" };
    if (stats.size > LARGEST_FILE) return { kind: "large" };
    return decode(await handle.readFile());
  } catch {
    return { kind: "unreadable" };
  }
}

/** As ripgrep: a byte order mark decides, else UTF-8; wrong bytes are replaced. */
function decode(bytes: Buffer): Searchable {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: "text", text: new TextDecoder("utf-16le").decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: "text", text: new TextDecoder("utf-16be").decode(bytes) };
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { kind: "binary" };
  return { kind: "text", text: new TextDecoder().decode(bytes) };
}
