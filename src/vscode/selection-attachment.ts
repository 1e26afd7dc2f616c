import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { PromptAttachment } from "../chat/prompt.ts";
import { selectionIn } from "./context/editor-selection.ts";

/** The selection of the active editor as an attachment; undefined where nothing is selected. */
export function selectionAttachment(): PromptAttachment | undefined {
  const editor = vscode.window.activeTextEditor;
  const selected = editor === undefined ? undefined : selectionIn(editor);
  return selected === undefined ? undefined : { ...selected, id: randomUUID() };
}
