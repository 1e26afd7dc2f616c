import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PathClass } from "../paths/path-class.ts";
import type { NameTest } from "../paths/withheld-names.ts";
import { trackedFiles } from "./tracked-files.ts";

/** What a program that reads everything below a folder would meet. */
export type WithheldBelow =
  | { readonly kind: "nothing" }
  /** The first path that is secret, ignored or leads out. */
  | { readonly kind: "withheld"; readonly found: PathClass }
  /** Too much to look through, or not readable. */
  | { readonly kind: "unknown" };

/** `tree`: everything but where links lead; `linked-tree`: that, too; `tracked`: what git keeps of the files around. */
export type TreeDepth = "tree" | "linked-tree" | "tracked";

export interface LookBelow {
  readonly classifyPath: (absolute: string) => Promise<PathClass>;
  /** Whether a file is ignored, by its absolute path. */
  readonly ignoredNames: () => Promise<NameTest>;
  readonly depth: TreeDepth;
  /** After so many entries the answer is `unknown`. */
  readonly mostEntries: number;
}

/** Looks through a folder; `.git` is left out, as it holds copies of what is outside it. A file has nothing below it. */
export async function lookBelow(folder: string, look: LookBelow): Promise<WithheldBelow> {
  if (look.depth === "tracked") return lookAtTracked(folder, look);
  const folders = [folder];
  let entriesLeft = look.mostEntries;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await entriesOf(next);
    if (entries === undefined) return { kind: "unknown" };
    for (const entry of entries) {
      if (isPassedOver(entry, look.depth)) continue;
      if (entriesLeft-- === 0) return { kind: "unknown" };
      const path = join(next, entry.name);
      const found = await look.classifyPath(path);
      if (isWithheld(found)) return { kind: "withheld", found };
      if (entry.isDirectory() || entry.isSymbolicLink()) folders.push(path);
    }
  }
  return { kind: "nothing" };
}

/** Ignored files only: what is secret in the text that git prints is masked, what is ignored looks like any other text. */
async function lookAtTracked(folder: string, { ignoredNames }: LookBelow): Promise<WithheldBelow> {
  const files = await trackedFiles(folder);
  if (files === undefined) return { kind: "unknown" };
  const canonical = files.find(await ignoredNames());
  return canonical === undefined
    ? { kind: "nothing" }
    : { kind: "withheld", found: { place: "inside", kind: "ignored", canonical } };
}

function isWithheld({ place, kind }: PathClass): boolean {
  return place === "outside" || kind === "ignored" || kind === "secret-text" || kind === "key-material";
}

function isPassedOver(entry: Dirent, depth: TreeDepth): boolean {
  return entry.name === ".git" || (depth === "tree" && entry.isSymbolicLink());
}

async function entriesOf(folder: string): Promise<readonly Dirent[] | undefined> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOTDIR" || code === "ENOENT" ? [] : undefined;
  }
}
