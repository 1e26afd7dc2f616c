import { join } from "node:path";
import type { FilesGuard } from "../files-guard.ts";
import { type ResolvedPath, showPath } from "../resolve-path.ts";
import { isIgnoredStart, startOf } from "../search-start.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import type { ListEngine, ListOutcome, ListRequest } from "./list-engine.ts";

export interface PlacesListing {
  readonly engine: ListEngine;
  readonly folders: readonly WorkspaceFolder[];
  /** What to list; undefined = every folder. */
  readonly place: ResolvedPath | undefined;
  readonly listing: Omit<ListRequest, "root" | "start">;
  readonly guard: FilesGuard;
  readonly signal: AbortSignal;
}

export interface ListedPlaces extends Omit<ListOutcome, "paths"> {
  /** As shown, sorted. */
  readonly files: readonly string[];
  /** Files whose names are not told: keys, passwords, what .outcropignore lists. */
  readonly withheld: number;
}

/** Lists one place, or the folders one after another until the limit. */
export async function listPlaces({
  engine,
  folders,
  place,
  listing,
  guard,
  signal,
}: PlacesListing): Promise<ListedPlaces> {
  const starts = place === undefined ? folders.map(({ path }) => ({ root: path, start: "" })) : [await startOf(place)];
  const mayBeWithheld = await guard.withheldNames();
  const files: string[] = [];
  const leftOut = new Set<string>();
  let withheld = 0;
  for (const { root, start } of starts) {
    const includeIgnored = listing.includeIgnored || (await isIgnoredStart(root, start));
    const mostFiles = listing.mostFiles - files.length;
    const outcome = await engine({ ...listing, root, start, includeIgnored, mostFiles }, signal);
    for (const path of outcome.paths.map((found) => join(root, found))) {
      signal.throwIfAborted();
      if (mayBeWithheld(path) && (await guard.isWithheld(path, place?.path))) withheld++;
      else files.push(showPath(path, folders));
    }
    for (const part of outcome.leftOut) leftOut.add(part);
    if (outcome.stoppedBy !== undefined) {
      return { files: sorted(files), withheld, stoppedBy: outcome.stoppedBy, leftOut: [...leftOut] };
    }
  }
  return { files: sorted(files), withheld, stoppedBy: undefined, leftOut: [...leftOut] };
}

function sorted(files: readonly string[]): readonly string[] {
  return files.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}
