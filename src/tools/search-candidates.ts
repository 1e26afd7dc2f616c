import { stat } from "node:fs/promises";
import { join } from "node:path";
import ignore from "ignore";
import { IgnoreRules } from "./ignore-rules.ts";
import type { SearchScope } from "./search-engine.ts";
import { walkFiles } from "./walk-files.ts";

/** Paths of the files to search: the start itself where it is a file, else all below that rules and globs leave in. */
export async function* searchCandidates(
  { root, start, includeIgnored, globs }: SearchScope,
  signal: AbortSignal,
  onUnreadable: () => void,
): AsyncGenerator<string> {
  if ((await stat(join(root, start))).isFile()) {
    yield start;
    return;
  }
  const rules = includeIgnored ? undefined : new IgnoreRules();
  const isWanted = globFilter(globs);
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
