import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";

/**
 * Gives an open text other content, as one step of Undo, and saves it. Resolves with its text where saving made it another
 * one, as formatting on save does. Throws a `ToolError` where the editor refuses; then the text is as it was.
 */
export async function replaceText(
  document: vscode.TextDocument,
  after: string,
  path: string,
): Promise<string | undefined> {
  const before = document.getText();
  if (!(await replaceContent(document, after))) {
    throw new ToolError(`The editor did not take the change of ${path}. Nothing was changed.`);
  }
  const planned = document.getText();
  if (!(await saved(document))) {
    await replaceContent(document, before);
    throw new ToolError(`${path} could not be saved by the editor, and was left as it was.`);
  }
  const now = document.getText();
  return now === planned ? undefined : now;
}

async function saved(document: vscode.TextDocument): Promise<boolean> {
  try {
    return await document.save();
  } catch {
    return false;
  }
}

/** Replaces what lies between the beginning and the end that both texts have, so that cursors and marks elsewhere stay. One step of Undo; false where the editor refuses. */
export async function replaceContent(document: vscode.TextDocument, after: string): Promise<boolean> {
  const before = document.getText();
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  // Neither a line end nor a character of two units is cut in two.
  while (head > 0 && isInPair(before, head)) head--;
  while (tail > 0 && isInPair(before, before.length - tail)) tail--;
  const range = new vscode.Range(document.positionAt(head), document.positionAt(before.length - tail));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, after.slice(head, after.length - tail));
  return vscode.workspace.applyEdit(edit);
}

function isInPair(text: string, at: number): boolean {
  const [before = "", behind = ""] = [text[at - 1], text[at]];
  return (before === "\r" && behind === "\n") || (/[\ud800-\udbff]/.test(before) && /[\udc00-\udfff]/.test(behind));
}
