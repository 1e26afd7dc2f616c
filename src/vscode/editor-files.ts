import * as vscode from "vscode";
import { ToolError } from "../agent/tool.ts";
import type { FileSnapshot, TextFiles } from "../tools/text-files.ts";

/** Files on disk under an editor: what it has unsaved is not written over. */
export class EditorFiles implements TextFiles {
  readonly #disk: TextFiles;

  constructor(disk: TextFiles) {
    this.#disk = disk;
  }

  async look(path: string, mostBytes: number): Promise<FileSnapshot> {
    const snapshot = await this.#disk.look(path, mostBytes);
    refuseUnsaved(snapshot);
    return snapshot;
  }

  async replace(snapshot: FileSnapshot, bytes: Uint8Array): Promise<void> {
    refuseUnsaved(snapshot);
    await this.#disk.replace(snapshot, bytes);
  }
}

function refuseUnsaved({ path, canonical }: FileSnapshot): void {
  const open = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === "file" && (uri.fsPath === path || uri.fsPath === canonical),
  );
  if (open !== undefined) {
    throw new ToolError(
      `${path} has unsaved changes in the editor. Nothing was changed; the user has to save first.`,
      "E_STALE",
    );
  }
}
