import * as vscode from "vscode";
import type { AnswerCode, CodeAction } from "../../protocol/code-action.ts";
import { t } from "../../protocol/localize.ts";
import { applyInEditor } from "./apply-in-editor.ts";
import { languageIdOf } from "./language-id.ts";
import { typeIntoTerminal } from "./type-into-terminal.ts";

/** Does what the user chose for a code block of an answer. Nothing is run, and no file is written. */
export async function runCodeAction({ action, ...code }: AnswerCode & { readonly action: CodeAction }): Promise<void> {
  switch (action) {
    case "insert-at-cursor":
      return insertAtCursor(code);
    case "apply-in-editor":
      return applyInEditor({ text: code.text, path: code.file, language: code.language });
    case "new-file":
      return openNewFile(code);
    case "terminal":
      return typeIntoTerminal(code.text);
  }
}

/** In the place of what is selected, in the editor that was used last; without one, in a new file. */
async function insertAtCursor(code: AnswerCode): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return openNewFile(code);
  const { document, selections } = editor;
  const before = document.version;
  const isTaken = await editor.edit((edit) => {
    for (const selection of selections) edit.replace(selection, code.text);
  });
  // VS Code says of a read-only editor as well that it took the edit.
  if (!isTaken || document.version === before) {
    void vscode.window.showWarningMessage(t("This editor cannot be changed. Open a file of yours to insert the code."));
    return;
  }
  await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
}

/** A new file that is nowhere on disk until it is saved. */
async function openNewFile(code: AnswerCode): Promise<void> {
  const language = await languageIdOf(code.language);
  const document = await vscode.workspace.openTextDocument({
    content: code.text,
    ...(language !== undefined && { language }),
  });
  await vscode.window.showTextDocument(document, { preview: false });
}
