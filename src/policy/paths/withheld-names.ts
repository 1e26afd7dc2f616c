import { placesOf } from "./classify-path.ts";
import { foldName } from "./fold-name.ts";
import type { PathContext } from "./path-context.ts";
import { wayInside } from "./path-style.ts";
import { SensitiveMatcher } from "./sensitive-matcher.ts";
import { ignoredAlways, keyMaterial, secretText } from "./sensitive-paths.ts";

/** Tells of an absolute path whether it is in a list. */
export type NameTest = (path: string) => boolean;

/**
 * Tells by an absolute path alone whether a file may be secret or is ignored: by the tables of names and the ignore files
 * as they are now. Links are not followed, and what is secret only by its text is not known.
 */
export async function withheldNames(context: PathContext): Promise<NameTest> {
  const places = await placesOf(context);
  // Tables of their own: what they remember of the paths of one search goes with it.
  const tables = [keyMaterial, secretText].map((table) => new SensitiveMatcher(table));
  const isIgnored = await ignoredNames(context);
  return (path) => tables.some((table) => table.matches(path, places)) || isIgnored(path);
}

/** Tells by an absolute path alone whether a file is ignored, by the built-in list or by an ignore file as it is now. */
export async function ignoredNames(context: PathContext): Promise<NameTest> {
  const places = await placesOf(context);
  const table = new SensitiveMatcher(ignoredAlways);
  const ignoreFiles = await Promise.all(
    places.folders.map(async (folder) => ({ folder, lists: await context.ignoreFile(folder).current() })),
  );
  return (path) =>
    table.matches(path, places) ||
    ignoreFiles.some(({ folder, lists }) => {
      const way = wayInside(foldName(folder), foldName(path), context.platform);
      return way !== undefined && lists(way);
    });
}
