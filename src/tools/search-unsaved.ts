import type { FilesGuard } from "./files-guard.ts";
import { isInsideByText, showPath } from "./resolve-path.ts";
import type { Workspace } from "./workspace.ts";

const MOST_NAMED = 5;

export interface UnsavedScope {
  readonly workspace: Workspace;
  /** Absolute: where was searched. */
  readonly places: readonly string[];
  readonly guard: FilesGuard;
  /** Absolute path of the place that the call names. */
  readonly approved: string | undefined;
}

/** A remark on what a search of the disk has not seen: texts of editors that are not saved. Undefined = none. */
export async function describeUnsaved({
  workspace,
  places,
  guard,
  approved,
}: UnsavedScope): Promise<string | undefined> {
  const shown: string[] = [];
  for (const path of workspace.unsavedPaths?.() ?? []) {
    if (!places.some((place) => isInsideByText(place, path))) continue;
    if (!(await guard.isWithheld(path, approved))) shown.push(showPath(path, workspace.folders()));
  }
  if (shown.length === 0) return undefined;
  const more = shown.length > MOST_NAMED ? ` and ${shown.length - MOST_NAMED} more` : "";
  const named = shown.toSorted().slice(0, MOST_NAMED).join(", ");
  return `searched as saved, though the editor has unsaved changes that read_file shows: ${named}${more}`;
}
