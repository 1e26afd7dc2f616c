import type { ChangedFile } from "../../protocol/review.ts";
import { showPath } from "../resolve-path.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import { keptText } from "./changed-text.ts";
import type { ContentStore } from "./content-store.ts";
import { hunksOf } from "./hunks.ts";
import type { KeptFile } from "./kept-file.ts";
import type { FileChange } from "./session-changes.ts";

/** Of further files the lines are not counted: to compare each takes a moment. */
const MOST_COUNTED = 200;

/** The changes as the panel lists them. */
export async function describeChanges(
  changes: readonly FileChange[],
  folders: readonly WorkspaceFolder[],
  counts: LineCounts,
): Promise<readonly ChangedFile[]> {
  return Promise.all(
    changes.map(async (change, index): Promise<ChangedFile> => {
      const { path, original, current } = change;
      const lines = index < MOST_COUNTED ? await counts.of(change) : undefined;
      const state = original.kind === "missing" ? "created" : current.kind === "missing" ? "deleted" : "changed";
      const notKept = original.kind === "marked";
      return { path, label: showPath(path, folders), state, ...(lines && { lines }), ...(notKept && { notKept }) };
    }),
  );
}

/** How many lines changes add and remove, each counted once. */
export class LineCounts {
  readonly #store: ContentStore;
  readonly #known = new Map<string, Promise<ChangedFile["lines"]>>();

  constructor(store: ContentStore) {
    this.#store = store;
  }

  of(change: FileChange): Promise<ChangedFile["lines"]> {
    const key = `${nameOf(change.original)} ${nameOf(change.current)}`;
    const known = this.#known.get(key) ?? count(change, this.#store);
    this.#known.set(key, known);
    return known;
  }
}

function nameOf(file: KeptFile): string {
  return file.kind === "kept" ? file.sha256 : file.kind;
}

async function count({ path, original, current }: FileChange, store: ContentStore): Promise<ChangedFile["lines"]> {
  const texts = await Promise.all([original, current].map((file) => keptText(file, path, store))).catch(() => []);
  const [before, after] = texts;
  if (before === undefined || after === undefined) return undefined;
  let [added, removed] = [0, 0];
  for (const { originalLines, currentLines } of hunksOf(before.text, after.text)) {
    added += currentLines.length;
    removed += originalLines.length;
  }
  return { added, removed };
}
