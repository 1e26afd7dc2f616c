import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { lineExcerpt } from "./line-excerpt.ts";
import { LineMatcher } from "./line-matcher.ts";
import { searchCandidates } from "./search-candidates.ts";
import type { FoundLine, SearchEngine, SearchOutcome, SearchRequest } from "./search-engine.ts";
import { decodeSearched } from "./search-text.ts";

/** Larger files are left out, and the result says how many. */
const LARGEST_FILE = 16 * 1024 * 1024;
/** Lines of one file that are looked at where some of them may not be told. */
const MOST_MASKED = 100_000;
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
  for await (const path of searchCandidates(request, signal, () => unreadable++)) {
    if (signal.aborted) break;
    const file = await readSearchable(join(request.root, path));
    if (file.kind === "unreadable") unreadable++;
    if (file.kind === "large") large++;
    if (file.kind !== "text") continue;
    const room = request.maxResults - found.length;
    const lines = await tellLines(matcher, { path, text: file.text, room }, request);
    if (lines === undefined) break;
    found.push(...lines.slice(0, room));
    if (lines.length > room) return end("limit");
  }
  return end(signal.aborted ? "deadline" : undefined);
}

interface MatchedFile {
  readonly path: string;
  readonly text: string;
  readonly room: number;
}

/** One line more than there is room for says that there are more; undefined = it was ended. */
async function tellLines(
  matcher: LineMatcher,
  { path, text, room }: MatchedFile,
  { root, screen }: SearchRequest,
): Promise<readonly FoundLine[] | undefined> {
  const found = await matcher.match(text, room + 1);
  if (found === undefined || found.length === 0 || screen === undefined) {
    return found?.map(({ line, text: whole, start, end }) => ({ path, line, text: lineExcerpt(whole, start, end) }));
  }
  const file = await screen(join(root, path));
  if (file === undefined) return [];
  const all = file.isMasked ? await matcher.match(text, MOST_MASKED) : found;
  return all?.flatMap((match) => {
    const told = file.tell(match);
    return told === undefined ? [] : [{ path, line: match.line, text: told }];
  });
}

function leftOut(unreadable: number, large: number): readonly string[] {
  return [
    ...(unreadable > 0 ? ["some files could not be read"] : []),
    ...(large > 0 ? [`${large} ${large === 1 ? "file" : "files"} of more than 16 MB not searched`] : []),
  ];
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

function decode(bytes: Buffer): Searchable {
  const hasMark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!hasMark && bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { kind: "binary" };
  return { kind: "text", text: decodeSearched(bytes) };
}
