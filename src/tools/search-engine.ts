import type { ScreenFile } from "./search-screen.ts";

/** Which files are looked at below one folder. */
export interface SearchScope {
  /** Absolute folder that found paths and globs are relative to. */
  readonly root: string;
  /** Where to look, relative to `root` with `/`: "" for all of it, or a folder or file below. */
  readonly start: string;
  /** Globs as .gitignore has them, braces expanded; a leading `!` excludes. Empty = every file. */
  readonly globs: readonly string[];
  readonly includeIgnored: boolean;
}

/** One search below one folder. */
export interface SearchRequest extends SearchScope {
  readonly pattern: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  /** The search stops after this many lines. */
  readonly maxResults: number;
  /** Which lines are told, and how they read; absent = all as they are. */
  readonly screen?: ScreenFile;
  /** Ends the search early; what was found until then counts. */
  readonly deadline: AbortSignal;
}

export interface FoundLine {
  /** Relative to the request's root, with `/`. */
  readonly path: string;
  /** 1-based; undefined where the line was too long to be taken in. */
  readonly line: number | undefined;
  /** The line, or the part of a long one around its first match. */
  readonly text: string;
}

export interface SearchOutcome {
  readonly found: readonly FoundLine[];
  readonly stoppedBy: "limit" | "deadline" | undefined;
  /** What was left out for another reason, each a short phrase: "3 files could not be read". */
  readonly leftOut: readonly string[];
}

/** Finds lines. Throws a `ToolError` for a pattern or glob that cannot be used, the signal's reason when it is aborted. */
export type SearchEngine = (request: SearchRequest, signal: AbortSignal) => Promise<SearchOutcome>;

/** Insensitive unless the pattern has an upper-case letter of its own; escapes such as `\S` or `\p{Lu}` have none. */
export function isCaseSensitive(pattern: string, regex: boolean): boolean {
  const letters = regex ? pattern.replace(/\\[pP]\{[^}]*\}|\\./gsu, "") : pattern;
  return /\p{Lu}/u.test(letters);
}
