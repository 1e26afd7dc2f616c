import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { Hunk } from "../../tools/checkpoints/hunks.ts";
import type { ReviewDesk } from "./review-desk.ts";
import { type ActiveChanges, lineOf, type ReviewEditors } from "./review-editors.ts";

/** Keeps or undoes the change at the cursor of the active editor; without one there, the next. */
export async function actAtCursor(
  editors: ReviewEditors,
  desk: Pick<ReviewDesk, "actOnHunk">,
  keeps: boolean,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const active = await editors.active();
  const line = editor?.selection.active.line ?? 0;
  if (active === undefined) return tellNone();
  const hunk = active.hunks.find((one) => line <= lastLine(one, active.side));
  if (hunk === undefined) return tellNone();
  await desk.actOnHunk(active.path, hunk, keeps);
}

/** Puts the cursor at the next or the previous change of the file; from the last one to the first. */
export async function goToChange(editors: ReviewEditors, step: 1 | -1): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const active = await editors.active();
  if (editor === undefined || active === undefined || active.hunks.length === 0) return tellNone();
  const lines = active.hunks.map((hunk) => lineOf(hunk, editor.document, active.side));
  const from = editor.selection.active.line;
  const next = step === 1 ? lines.find((line) => line > from) : lines.findLast((line) => line < from);
  const line = next ?? lines.at(step === 1 ? 0 : -1) ?? from;
  editor.selection = new vscode.Selection(line, 0, line, 0);
  editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function lastLine(hunk: Hunk, side: ActiveChanges["side"]): number {
  const [start, lines] =
    side === "original" ? [hunk.originalStart, hunk.originalLines] : [hunk.currentStart, hunk.currentLines];
  return Math.max(start, start + lines.length - 1);
}

function tellNone(): void {
  void vscode.window.showInformationMessage(t("There is no change of this chat to keep or undo here."));
}
