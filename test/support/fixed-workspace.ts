import { basename } from "node:path";
import type { Workspace, WorkspaceFolder } from "../../src/tools/workspace.ts";

/** A workspace of these folders, named by their last part, with these unsaved texts by absolute path. */
export function fixedWorkspace(
  folders: readonly string[],
  unsaved: ReadonlyMap<string, string> = new Map(),
): Workspace {
  const open = folders.map((path): WorkspaceFolder => ({ name: basename(path), path }));
  return { folders: () => open, unsavedText: (path) => unsaved.get(path), unsavedPaths: () => [...unsaved.keys()] };
}
