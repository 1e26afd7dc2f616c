import { basename, dirname, join, relative, sep } from "node:path";
import { IgnoreRules } from "./ignore-rules.ts";
import { statOf } from "./open-text-file.ts";
import type { ResolvedPath } from "./resolve-path.ts";
import type { SearchScope } from "./search-engine.ts";

/** A folder outside is its own root; so is the folder of a file outside. Throws a `ToolError` for what is not there. */
export async function startOf(place: ResolvedPath): Promise<Pick<SearchScope, "root" | "start">> {
  if (place.folder !== undefined) {
    await statOf(place);
    return { root: place.folder.path, start: relative(place.folder.path, place.path).split(sep).join("/") };
  }
  const isFolder = (await statOf(place)).isDirectory();
  return isFolder ? { root: place.path, start: "" } : { root: dirname(place.path), start: basename(place.path) };
}

/** Who names an ignored folder means what is in it. */
export async function isIgnoredStart(root: string, start: string): Promise<boolean> {
  return start !== "" && new IgnoreRules().isIgnored(join(root, start), true, root);
}
