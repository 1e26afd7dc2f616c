import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import type { PromptAttachment } from "../chat/prompt.ts";

/** The selection of the active editor as an attachment; undefined where nothing is selected. */
export function selectionAttachment(): PromptAttachment | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const { document, selection } = editor;
  const startLine = selection.start.line + 1;
  const endLine =
    selection.end.character === 0 && selection.end.line > selection.start.line
      ? selection.end.line
      : selection.end.line + 1;
  return {
    id: randomUUID(),
    label: `${basename(document.uri.path)}:${startLine === endLine ? startLine : `${startLine}-${endLine}`}`,
    path: vscode.workspace.asRelativePath(document.uri),
    startLine,
    endLine,
    text: document.getText(selection),
    language: document.languageId,
  };
}
