import { join } from "node:path";
import type { FilesGuard } from "./files-guard.ts";
import { searchCandidates } from "./search-candidates.ts";
import type { SearchScope } from "./search-engine.ts";

/** Files that are looked at by name, and of those the ones that are looked at on the disk. */
const MOST_NAMES = 20_000;
const MOST_LOOKS = 500;

export interface WithheldScope {
  readonly guard: FilesGuard;
  readonly places: readonly SearchScope[];
  readonly approved: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * How many files of the scope a search withholds, as a sentence of the result; undefined for none. What is looked for
 * plays no part in it, so that the count tells nothing of what is in them.
 */
export async function countWithheld({ guard, places, approved, signal }: WithheldScope): Promise<string | undefined> {
  const mayBeWithheld = await guard.withheldNames();
  let names = 0;
  let looks = 0;
  let count = 0;
  for (const place of places) {
    for await (const path of searchCandidates(place, signal, () => undefined)) {
      if (++names > MOST_NAMES || looks >= MOST_LOOKS) return describe(count, true);
      const file = join(place.root, path);
      if (!mayBeWithheld(file)) continue;
      looks++;
      if (await guard.isWithheld(file, approved)) count++;
    }
  }
  return describe(count, signal.aborted);
}

function describe(count: number, isPartial: boolean): string | undefined {
  if (count === 0) return undefined;
  return `${isPartial ? "at least " : ""}${count} file${count === 1 ? "" : "s"} withheld`;
}
