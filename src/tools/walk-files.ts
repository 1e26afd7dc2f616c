import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { IgnoreRules } from "./ignore-rules.ts";

export interface WalkOptions {
  readonly root: string;
  /** Folder below the root, with `/`; "" for the root itself. */
  readonly start: string;
  /** Undefined = ignored files are walked as well. */
  readonly rules: IgnoreRules | undefined;
  readonly signal: AbortSignal;
  onUnreadable(path: string): void;
}

/** Regular files in the order of their names, depth first. Links are not followed, `.git` is not entered. */
export async function* walkFiles(options: WalkOptions): AsyncGenerator<string> {
  const waiting = [options.start];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (options.signal.aborted) return;
    const folders: string[] = [];
    for (const entry of await entriesOf(folder, options)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (await isLeftOut(path, entry.isDirectory(), options)) continue;
      if (entry.isDirectory() && entry.name !== ".git") folders.push(path);
      else if (entry.isFile()) yield path;
    }
    waiting.push(...folders.toReversed());
  }
}

async function entriesOf(folder: string, { root, onUnreadable }: WalkOptions) {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    onUnreadable(folder);
    return [];
  }
}

async function isLeftOut(path: string, isFolder: boolean, { root, rules }: WalkOptions): Promise<boolean> {
  return (await rules?.isIgnoredInWalk(join(root, path), isFolder)) ?? false;
}
