import { basename } from "node:path";
import * as vscode from "vscode";
import type { GatheredContext } from "../../tools/context/read-context.ts";

/** What is selected in an editor; undefined where nothing is. */
export function selectionIn(editor: vscode.TextEditor): GatheredContext | undefined {
  if (editor.selection.isEmpty) return undefined;
  const { document, selection } = editor;
  const startLine = selection.start.line + 1;
  const endLine =
    selection.end.character === 0 && selection.end.line > selection.start.line
      ? selection.end.line
      : selection.end.line + 1;
  return {
    kind: "selection",
    label: `${basename(document.uri.path)}:${startLine === endLine ? startLine : `${startLine}-${endLine}`}`,
    path: vscode.workspace.asRelativePath(document.uri),
    startLine,
    endLine,
    text: document.getText(selection),
    language: document.languageId,
  };
}
