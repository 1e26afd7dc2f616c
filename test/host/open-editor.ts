import type { TestContext } from "node:test";
import * as vscode from "vscode";

/** Opens a file in an editor; after the test nothing of it is unsaved, and no editor is open. */
export async function openEditor(test: TestContext, path: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path));
  test.after(async () => {
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  return editor;
}

/** After the test nothing is unsaved, and no editor is open: called before what is undone, or removed, only then. */
export function closeEditorsAfter(test: TestContext): void {
  test.after(async () => {
    while (vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) {
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  });
}

/** Puts text at the beginning, unsaved. */
export async function typeInto(document: vscode.TextDocument, text: string): Promise<void> {
  const typed = new vscode.WorkspaceEdit();
  typed.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(typed);
}
