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
  /** The most files whose names are told. */
  readonly mostNamed: number;
  readonly guard: FilesGuard;
  readonly signal: AbortSignal;
}

export interface ListedPlaces extends Omit<ListOutcome, "paths"> {
  /** As shown, sorted: the first of all files, without those whose names are not told. */
  readonly files: readonly string[];
  /** The files behind them, which were not looked at. */
  readonly rest: readonly string[];
  /** Files before the rest whose names are not told: keys, passwords, what .outcropignore lists. */
  readonly withheld: number;
}

/** Lists one place, or the folders one after another until the limit. */
export async function listPlaces(asked: PlacesListing): Promise<ListedPlaces> {
  const { folders, place, listing, engine, signal } = asked;
  const starts = place === undefined ? folders.map(({ path }) => ({ root: path, start: "" })) : [await startOf(place)];
  const found: FoundFile[] = [];
  const leftOut = new Set<string>();
  for (const { root, start } of starts) {
    const includeIgnored = listing.includeIgnored || (await isIgnoredStart(root, start));
    const mostFiles = listing.mostFiles - found.length;
    const outcome = await engine({ ...listing, root, start, includeIgnored, mostFiles }, signal);
    for (const path of outcome.paths.map((each) => join(root, each))) {
      found.push({ path, shown: showPath(path, folders) });
    }
    for (const part of outcome.leftOut) leftOut.add(part);
    if (outcome.stoppedBy !== undefined) {
      return { ...(await screen(found, asked)), stoppedBy: outcome.stoppedBy, leftOut: [...leftOut] };
    }
  }
  return { ...(await screen(found, asked)), stoppedBy: undefined, leftOut: [...leftOut] };
}

interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
}

/** Only what is named has to be looked at: to look at every name of a large folder takes longer than to list it. */
async function screen(
  found: readonly FoundFile[],
  { guard, place, listing, mostNamed, signal }: PlacesListing,
): Promise<Pick<ListedPlaces, "files" | "rest" | "withheld">> {
  const sorted = found.toSorted((a, b) => (a.shown < b.shown ? -1 : Number(a.shown > b.shown)));
  const mayBeWithheld = await guard.withheldNames();
  const files: string[] = [];
  let seen = 0;
  let withheld = 0;
  for (const { path, shown } of sorted) {
    if (files.length === mostNamed) break;
    signal.throwIfAborted();
    seen++;
    // Behind the time limit what may be withheld is.
    const isLate = listing.deadline.aborted;
    if (mayBeWithheld(path) && (isLate || (await guard.isWithheld(path, place?.path)))) withheld++;
    else files.push(shown);
  }
  return { files, rest: sorted.slice(seen).map(({ shown }) => shown), withheld };
}
