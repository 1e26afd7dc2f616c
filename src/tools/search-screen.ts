import { open } from "node:fs/promises";
import type { FilesGuard } from "./files-guard.ts";
import { lineExcerpt } from "./line-excerpt.ts";
import { decodeSearched } from "./search-text.ts";

/** Secrets are looked for in whole files; in larger ones only in the lines that were found. */
const MASKED_BYTES = 4_000_000;
const mark = /\[redacted:[a-z][a-z0-9-]{0,30}#\d{1,6}\]/gu;

/** A line as an engine found it. */
export interface RawLine {
  /** 1-based; undefined where the line was too long to be taken in. */
  readonly line: number | undefined;
  readonly text: string;
  /** Where the first match lies, in characters. */
  readonly start: number;
  readonly end: number;
}

/** A file of which a search may tell lines. */
export interface ScreenedFile {
  /** Whether some of its lines may not be told, or not as they are. */
  readonly isMasked: boolean;
  /** What is told of a line, as an excerpt; undefined = nothing. */
  tell(line: RawLine): string | undefined;
}

/** Looks at a file once, by its absolute path; undefined = nothing of it is told. */
export type ScreenFile = (path: string) => Promise<ScreenedFile | undefined>;

export interface ScreenOptions {
  readonly guard: FilesGuard;
  readonly pattern: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  /** Absolute path of the place that the call names. */
  readonly approved: string | undefined;
}

/**
 * Whether a line is told must not depend on a secret in it, or searches would find the secret out letter by letter. So a
 * line that holds one is told, masked, where the text that was looked for stands beside the secret; for a regular
 * expression, which can always be made to match beside it as well, such lines are not told.
 */
export function createScreen({ guard, approved, ...pattern }: ScreenOptions): ScreenFile {
  return async (path) => {
    if (await guard.isWithheld(path, approved)) return undefined;
    const text = await readWhole(path);
    const mask = (original: string): string => guard.mask(original, path);
    if (text === undefined) return { isMasked: true, tell: (line) => tellMasked(line, mask(line.text), pattern) };
    const masked = mask(text);
    if (masked === text)
      return { isMasked: false, tell: ({ text: line, start, end }) => lineExcerpt(line, start, end) };
    const lines = masked.split("\n");
    return {
      isMasked: true,
      tell: (line) => {
        const shown = line.line === undefined ? undefined : lines[line.line - 1];
        return shown === undefined ? undefined : tellMasked(line, shown, pattern);
      },
    };
  };
}

function tellMasked(
  { text, start, end }: RawLine,
  masked: string,
  { pattern, regex, caseSensitive }: Pick<ScreenOptions, "pattern" | "regex" | "caseSensitive">,
): string | undefined {
  if (masked.trimEnd() === text.trimEnd()) return lineExcerpt(text, start, end);
  if (regex) return undefined;
  const fold = (part: string): string => (caseSensitive ? part : part.toLowerCase());
  // What stands in a mark's place is of the same length and in no pattern.
  const visible = fold(masked.replace(mark, (found) => "\n".repeat(found.length)));
  const at = visible.indexOf(fold(pattern));
  return at === -1 ? undefined : lineExcerpt(masked, at, at + pattern.length);
}

/** Undefined for what is too large or cannot be read. */
async function readWhole(path: string): Promise<string | undefined> {
  try {
    await using handle = await open(path);
    if ((await handle.stat()).size > MASKED_BYTES) return undefined;
    return decodeSearched(await handle.readFile());
  } catch {
    return undefined;
  }
}
