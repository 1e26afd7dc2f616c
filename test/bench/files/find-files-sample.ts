import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { promisify } from "node:util";
import { FileFinder } from "../../../src/tools/context/find-files.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import type { NamedEngine } from "../../support/search-engines.ts";
import { testPolicy } from "../../support/test-policy.ts";

/** Milliseconds on the clock. */
export interface FindSample {
  /** From nothing known to the first results. */
  readonly first: number;
  /** The slowest of the queries that follow as the word is typed on. */
  readonly later: number;
  /** The names of all files, read with nothing done to them: `rg --files`, or each folder where there is no ripgrep. */
  readonly names: number;
  /** The names that hold the word, looked for as plain text. */
  readonly plain: number;
  /** Of the last query. */
  readonly found: number;
}

const typed = "retry-delay-4";
/** What VS Code excludes where the user has changed nothing. */
const excluded = ["**/.git", "**/.svn", "**/.hg", "**/.DS_Store", "**/Thumbs.db"];

/** Types a word behind `#` in a folder that nobody has searched yet, and does the least that could be done for it. */
export async function findFilesSample(root: string, ripgrep: NamedEngine["ripgrep"]): Promise<FindSample> {
  const binary = (await ripgrep([]))?.path;
  const began = performance.now();
  const names = binary === undefined ? await readdir(root, { recursive: true }) : await ripgrepNames(binary, root);
  const read = performance.now();
  names.filter((name) => name.includes(typed));
  const filtered = performance.now();
  const guard = testPolicy({ folders: [root] }).policy.files;
  const finder = new FileFinder({
    ...{ workspace: fixedWorkspace([root]), findRipgrep: ripgrep, excluded: () => excluded, openFiles: () => [] },
    now: Date.now,
  });
  const times: number[] = [];
  let found = 0;
  for (let letters = 1; letters <= typed.length; letters += 1) {
    const asked = performance.now();
    found = (await finder.find(typed.slice(0, letters), guard)).length;
    times.push(performance.now() - asked);
  }
  const [first = 0, ...later] = times;
  return { first, later: Math.max(...later), names: read - began, plain: filtered - read, found };
}

async function ripgrepNames(binary: string, root: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(binary, ["--files"], { cwd: root, maxBuffer: 10_000_000 });
  return stdout.split("\n");
}
