import { basename, dirname, join, relative, sep } from "node:path";
import type { FilesGuard } from "./files-guard.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { openTextFile, statOf } from "./open-text-file.ts";
import { type ResolvedPath, showPath } from "./resolve-path.ts";
import type { FoundLine, SearchEngine, SearchOutcome, SearchRequest } from "./search-engine.ts";
import { createScreen } from "./search-screen.ts";
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
  const starts = place === undefined ? folders.map(({ path }) => ({ root: path, start: "" })) : [await startOf(place)];
  const places = await Promise.all(
    starts.map(async ({ root, start }) => {
      const includeIgnored = search.includeIgnored || (await isIgnored(root, start));
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

/** A folder outside is its own root; so is the folder of a file outside. Throws a `ToolError` for what cannot be searched. */
async function startOf(place: ResolvedPath): Promise<Pick<SearchRequest, "root" | "start">> {
  const isFolder = (await statOf(place)).isDirectory();
  // ripgrep searches a file that is named to it even when it is binary; here it is refused as read_file does.
  if (!isFolder) await (await openTextFile(place)).close();
  if (place.folder !== undefined) {
    return { root: place.folder.path, start: relative(place.folder.path, place.path).split(sep).join("/") };
  }
  return isFolder ? { root: place.path, start: "" } : { root: dirname(place.path), start: basename(place.path) };
}

/** Who names an ignored folder means what is in it. */
async function isIgnored(root: string, start: string): Promise<boolean> {
  return start !== "" && new IgnoreRules().isIgnored(join(root, start), true, root);
}

function comparePaths(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
