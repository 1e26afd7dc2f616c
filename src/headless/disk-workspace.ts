import { basename, resolve } from "node:path";
import type { Workspace, WorkspaceFolder } from "../tools/workspace.ts";

/** One folder on disk; nothing is unsaved where there is no editor. */
export class DiskWorkspace implements Workspace {
  readonly #folder: WorkspaceFolder;

  constructor(folder: string) {
    const path = resolve(folder);
    this.#folder = { name: basename(path), path };
  }

  folders(): readonly WorkspaceFolder[] {
    return [this.#folder];
  }

  unsavedText(): undefined {
    return undefined;
  }
}
