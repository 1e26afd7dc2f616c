import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { isInsideByText } from "../../tools/resolve-path.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";

/** The folders where they really lie: one may be open through a link, and changes are known by real paths. */
export function realFolders(folders: readonly WorkspaceFolder[]): readonly WorkspaceFolder[] {
  return folders.map((folder) => ({ ...folder, path: realOf(folder.path) }));
}

/** A real path as the workspace has it, and its editors. */
export function asOpened(path: string, folders: readonly WorkspaceFolder[]): string {
  const around = folders
    .map((folder) => ({ opened: folder.path, real: realOf(folder.path) }))
    .filter(({ real }) => isInsideByText(real, path))
    .toSorted((one, other) => other.real.length - one.real.length)
    .at(0);
  return around === undefined ? path : join(around.opened, relative(around.real, path));
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
