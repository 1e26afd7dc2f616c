import { findRipgrep } from "../../src/headless/find-ripgrep.ts";
import type { FindRipgrep } from "../../src/tools/search-files.ts";

/** A way in which search_files may be set up. */
export interface NamedEngine {
  readonly name: "ripgrep" | "the slow engine";
  readonly ripgrep: FindRipgrep;
}

/** The slow engine, and ripgrep where this machine has one: on the PATH, or in the VS Code that the host tests install. */
export async function searchEngines(): Promise<readonly NamedEngine[]> {
  const slow: NamedEngine = { name: "the slow engine", ripgrep: async () => undefined };
  const found = await findRipgrep([]);
  return found === undefined ? [slow] : [slow, { name: "ripgrep", ripgrep: async () => found }];
}
