import { join } from "node:path";
import type { IgnoreRules } from "./ignore-rules.ts";
import type { SearchScope } from "./search-engine.ts";

/** A path of ripgrep's output, with `/` and without the `./` of its start. */
export function plainPath(path: string): string {
  const slashes = process.platform === "win32" ? path.replaceAll("\\", "/") : path;
  return slashes.replace(/^\.\//, "");
}

/**
 * Whether ripgrep named a file that is to be left out. For it a glob that names files outranks .gitignore; here it only narrows. One
 * that leaves files out adds none, so that nothing is asked of each file then. Before version 15
 * ripgrep also missed anchored rules of the folders above the start (BurntSushi/ripgrep#829, #2731).
 */
export async function isLeftOut(path: string, scope: SearchScope, rules: IgnoreRules): Promise<boolean> {
  if (scope.includeIgnored || (scope.start === "" && scope.globs.every((glob) => glob.startsWith("!")))) return false;
  return rules.isIgnored(join(scope.root, path), false, join(scope.root, scope.start));
}
