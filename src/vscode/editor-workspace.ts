import * as vscode from "vscode";
import type { Workspace, WorkspaceFolder } from "../tools/workspace.ts";

/** The window's folders on disk, and what its editors have unsaved. */
export class EditorWorkspace implements Workspace {
  folders(): readonly WorkspaceFolder[] {
    return openFolders();
  }

  unsavedText(path: string): string | undefined {
    // As a URI first, because VS Code writes drive letters small.
    const wanted = comparable(vscode.Uri.file(path).fsPath);
    return vscode.workspace.textDocuments
      .find(({ isDirty, uri }) => isDirty && uri.scheme === "file" && comparable(uri.fsPath) === wanted)
      ?.getText();
  }
}

/** The window's folders. Those of virtual file systems are left out: the tools read the disk. */
export function openFolders(): readonly WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ name, uri }) => ({ name, path: uri.fsPath }));
}

/** Windows and macOS take names in any letter case for the same file. */
function comparable(path: string): string {
  return process.platform === "linux" ? path : path.toLowerCase();
}
