import { placesOf } from "./classify-path.ts";
import { foldName } from "./fold-name.ts";
import type { PathContext } from "./path-context.ts";
import { wayInside } from "./path-style.ts";
import { SensitiveMatcher } from "./sensitive-matcher.ts";
import { ignoredAlways, keyMaterial, secretText } from "./sensitive-paths.ts";

/**
 * Tells by an absolute path alone whether a file may be secret or is ignored: by the tables of names and the ignore files
 * as they are now. Links are not followed, and what is secret only by its text is not known.
 */
export async function withheldNames(context: PathContext): Promise<(path: string) => boolean> {
  const places = await placesOf(context);
  // Tables of their own: what they remember of the paths of one search goes with it.
  const tables = [keyMaterial, secretText, ignoredAlways].map((table) => new SensitiveMatcher(table));
  const ignoreFiles = await Promise.all(
    places.folders.map(async (folder) => ({ folder, lists: await context.ignoreFile(folder).current() })),
  );
  return (path) =>
    tables.some((table) => table.matches(path, places)) ||
    ignoreFiles.some(({ folder, lists }) => {
      const way = wayInside(foldName(folder), foldName(path), context.platform);
      return way !== undefined && lists(way);
    });
}
