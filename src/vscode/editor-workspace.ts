import * as vscode from "vscode";
import type { Workspace, WorkspaceFolder } from "../tools/workspace.ts";
import { realPathOf } from "./files/open-documents.ts";

/** The window's folders on disk, and what its editors have unsaved. */
export class EditorWorkspace implements Workspace {
  folders(): readonly WorkspaceFolder[] {
    return openFolders();
  }

  unsavedPaths(): readonly string[] {
    return vscode.workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && uri.scheme === "file")
      .map(({ uri }) => uri.fsPath);
  }

  unsavedText(path: string): string | undefined {
    // As a URI first, because VS Code writes drive letters small.
    const uri = vscode.Uri.file(path);
    const wanted = [uri.fsPath, realPathOf(uri)].map(comparable);
    const names = (of: vscode.Uri): readonly string[] => [of.fsPath, realPathOf(of)].map(comparable);
    return vscode.workspace.textDocuments
      .find(
        ({ isDirty, uri: of }) => isDirty && of.scheme === "file" && names(of).some((name) => wanted.includes(name)),
      )
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
