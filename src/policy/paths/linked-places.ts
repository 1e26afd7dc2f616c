import { lstat, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { canonicalPath } from "../canonical-path.ts";
import { wayInside } from "./path-style.ts";

/** Folders at the top of a project that are sensitive under whatever name a link leads to them. */
const TOP_FOLDERS = [".git", ".vscode", ".devcontainer", ".idea", ".husky", ".github", ".cursor", ".claude", ".gemini"];

/**
 * Where the path stands under the name that programs know it by: `.vscode` may be a link to an ordinary folder, and
 * `.git` a file that names the real one. Paths as if there were no such link; none where there is none.
 */
export async function linkedNames(canonical: string, folder: string, platform: NodeJS.Platform): Promise<string[]> {
  const names: string[] = [];
  for (const name of TOP_FOLDERS) {
    const place = join(folder, name);
    const target = await targetOf(place);
    const way = target === undefined ? undefined : wayInside(target, canonical, platform);
    if (way !== undefined) names.push(join(place, way));
  }
  return names;
}

async function targetOf(place: string): Promise<string | undefined> {
  try {
    const stats = await lstat(place);
    if (stats.isSymbolicLink()) return await canonicalPath(place);
    if (!stats.isFile() || stats.size > 4096) return undefined;
    // A work tree or a submodule: git-scm.com/docs/gitrepository-layout.
    const [, folder] = /^gitdir:[ \t]*(.+?)\s*$/m.exec(await readFile(place, "utf8")) ?? [];
    return folder === undefined ? undefined : await canonicalPath(resolve(place, "..", folder));
  } catch {
    return undefined;
  }
}
