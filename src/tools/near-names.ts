import { opendir } from "node:fs/promises";

/** A folder with more entries than this is not looked through. */
const MOST_ENTRIES = 5000;

/** Up to three names in `folder` that a misspelt `name` may have meant, best first; none where the folder cannot be read. */
export async function nearNames(folder: string, name: string): Promise<readonly string[]> {
  const wanted = name.toLowerCase();
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return (await entryNames(folder))
    .map((entry) => ({ entry, distance: distanceTo(wanted, entry.toLowerCase()) }))
    .filter(({ distance }) => distance <= reach)
    .toSorted((a, b) => a.distance - b.distance || a.entry.localeCompare(b.entry))
    .slice(0, 3)
    .map(({ entry }) => entry);
}

/** The names in a folder, folders with a `/` behind; none where it cannot be read. */
export async function entryNames(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (names.length === MOST_ENTRIES) break;
      names.push(entry.isDirectory() ? `${entry.name}/` : entry.name);
    }
  } catch {
    return [];
  }
  return names;
}

/** Same name before the extension counts as near: `retry.js` for `retry.ts`. */
function distanceTo(wanted: string, entry: string): number {
  return stem(wanted) === stem(entry) ? 1 : editDistance(wanted, entry);
}

function stem(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, "");
}

/** Levenshtein distance by the usual table, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const replaced = (previous[column] ?? 0) + (letter === b[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
