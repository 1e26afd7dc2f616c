import { join } from "node:path";
import type { FilesGuard } from "./files-guard.ts";
import { openTextFile, statOf } from "./open-text-file.ts";
import { type ResolvedPath, showPath } from "./resolve-path.ts";
import type { FoundLine, SearchEngine, SearchOutcome, SearchRequest, SearchScope } from "./search-engine.ts";
import { createScreen } from "./search-screen.ts";
import { isIgnoredStart, startOf } from "./search-start.ts";
import { countWithheld } from "./search-withheld.ts";
import type { WorkspaceFolder } from "./workspace.ts";

export interface PlacesSearch {
  readonly engine: SearchEngine;
  readonly folders: readonly WorkspaceFolder[];
  /** Where to search; undefined = in every folder. */
  readonly place: ResolvedPath | undefined;
  readonly search: Omit<SearchRequest, "root" | "start" | "screen">;
  readonly guard: FilesGuard;
  readonly signal: AbortSignal;
}

export interface PlacesOutcome extends SearchOutcome {
  /** How many files were withheld, as a sentence without its end; undefined = none. */
  readonly withheld: string | undefined;
}

/** Searches one place, or the folders one after another until the limit. The paths found are as shown, sorted within each folder. */
export async function searchPlaces(asked: PlacesSearch): Promise<PlacesOutcome> {
  const { folders, place, search, guard, signal } = asked;
  const starts =
    place === undefined ? folders.map(({ path }) => ({ root: path, start: "" })) : [await searchableStart(place)];
  const places = await Promise.all(
    starts.map(async ({ root, start }) => {
      const includeIgnored = search.includeIgnored || (await isIgnoredStart(root, start));
      return { root, start, includeIgnored, globs: search.globs };
    }),
  );
  const both = AbortSignal.any([signal, search.deadline]);
  const [outcome, withheld] = await Promise.all([
    searchEach(asked, places),
    countWithheld({ guard, places, approved: place?.path, signal: both }),
  ]);
  return { ...outcome, withheld };
}

type SearchedPlace = Pick<SearchRequest, "root" | "start" | "includeIgnored">;

async function searchEach(
  { engine, folders, place, search, guard, signal }: PlacesSearch,
  places: readonly SearchedPlace[],
): Promise<SearchOutcome> {
  const screen = createScreen({ ...search, guard, approved: place?.path });
  const found: FoundLine[] = [];
  const leftOut = new Set<string>();
  for (const { root, start, includeIgnored } of places) {
    const request = { ...search, root, start, includeIgnored, screen, maxResults: search.maxResults - found.length };
    const outcome = await engine(request, signal);
    const sorted = outcome.found.toSorted((a, b) => comparePaths(a.path, b.path));
    found.push(...sorted.map((line) => ({ ...line, path: showPath(join(root, line.path), folders) })));
    for (const part of outcome.leftOut) leftOut.add(part);
    if (outcome.stoppedBy !== undefined) return { found, stoppedBy: outcome.stoppedBy, leftOut: [...leftOut] };
  }
  return { found, stoppedBy: undefined, leftOut: [...leftOut] };
}

/** ripgrep searches a file that is named to it even when it is binary; here it is refused as read_file does. */
async function searchableStart(place: ResolvedPath): Promise<Pick<SearchScope, "root" | "start">> {
  if (!(await statOf(place)).isDirectory()) await (await openTextFile(place)).close();
  return startOf(place);
}

function comparePaths(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
