import { basename } from "node:path";
import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import { makeVisible } from "../../policy/display/make-visible.ts";
import { formatNumber, t } from "../../protocol/localize.ts";
import { editForm, editInput, editSystem, editText } from "../../tools/selection/selection-edit.ts";
import type { EditProposals } from "../editor-actions/edit-proposals.ts";
import { endedAs } from "../editor-actions/propose-code.ts";
import { plainNotice } from "../plain-notice.ts";
import { describeFormError } from "./describe-form-error.ts";
import type { FormFiller, OpenFormFiller } from "./form-filler.ts";
import { requireTrust } from "./require-trust.ts";

const limitMs = 3 * 60_000;
/** Characters: of the selection, and of what goes along on either side. */
const mostSelected = 60_000;
const mostAround = 8_000;

export interface EditSelectionParts {
  readonly open: OpenFormFiller;
  readonly proposals: EditProposals;
  readonly mayChange: (uri: vscode.Uri) => Promise<boolean>;
  readonly report: (error: unknown) => void;
}

/** What is to be changed, where. */
interface Wish {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  readonly text: string;
}

/** Asks what is to change in the selection, has one model call change it, and shows the difference: Keep, or Discard. */
export async function editSelection(parts: EditSelectionParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(t("Open a file, and select in it what is to change, first."));
    return;
  }
  const { document } = editor;
  const selection = wholeLines(document, editor.selection);
  if (!requireTrust(t("Outcrop edits files in a trusted workspace only."))) return;
  // The box comes at once, so that nothing that is typed goes into the file.
  const text = await askWish(document, selection);
  if (text !== undefined && (await parts.mayChange(document.uri)))
    await edit({ document, range: selection, text }, parts);
}

/** Of several lines the whole of each; the last one does not count where nothing but its indentation is selected. */
function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Selection): vscode.Range {
  if (start.line === end.line) return new vscode.Range(start, end);
  const first = new vscode.Position(start.line, 0);
  const last = document.lineAt(end.line);
  const isEmpty = end.character <= last.firstNonWhitespaceCharacterIndex;
  return new vscode.Range(first, isEmpty ? new vscode.Position(end.line, 0) : last.range.end);
}

async function askWish({ uri }: vscode.TextDocument, range: vscode.Range): Promise<string | undefined> {
  const [first, end] = [range.start.line + 1, range.end.line + 1];
  const last = range.end.character === 0 && end > first ? end - 1 : end;
  const name = basename(uri.path);
  const one = range.isEmpty
    ? t("At line {0} of {1}. The result is shown as a diff first.", first, name)
    : t("Line {0} of {1}. The result is shown as a diff first.", first, name);
  const more = t("Lines {0} to {1} of {2}. The result is shown as a diff first.", first, last, name);
  const answer = await vscode.window.showInputBox({
    title: range.isEmpty ? t("Outcrop: Write Code") : t("Outcrop: Edit Selection"),
    prompt: range.isEmpty || first === last ? one : more,
    placeHolder: range.isEmpty ? t("What is to be written?") : t("What should change?"),
    ignoreFocusOut: true,
  });
  return answer?.trim() === "" ? undefined : answer?.trim();
}

async function edit(wish: Wish, parts: EditSelectionParts): Promise<void> {
  try {
    const filler = await parts.open("chat");
    const after = await changed(wish, filler);
    if (after === undefined) return;
    const { document } = wish;
    const cost = filler.cost();
    if (cost !== undefined) vscode.window.setStatusBarMessage(t("Edited by {0}: {1}", filler.name, cost), 10_000);
    await parts.proposals.propose({ document, ...after, verb: "keep", again: () => edit(wish, parts) });
  } catch (error) {
    const told = describeFormError(error);
    if (told === undefined) parts.report(error);
    else void vscode.window.showErrorMessage(plainNotice(makeVisible(t("Nothing was edited. {0}", told))));
  }
}

/** The text before and after; undefined where the user has stopped it. */
async function changed({ document, range, text: wish }: Wish, filler: FormFiller) {
  const { guard } = filler;
  const { uri } = document;
  const name = basename(uri.path);
  if (uri.scheme === "file" && (await guard.isWithheld(uri.fsPath, uri.fsPath))) {
    throw new ToolError(t("{0} is not sent: it holds keys, or is ignored by .outcropignore.", name));
  }
  const before = document.getText();
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const selected = before.slice(start, end);
  if (selected.length > mostSelected) {
    throw new ToolError(
      t(
        "{0} characters are selected; at most {1} are edited at once.",
        formatNumber(selected.length),
        formatNumber(mostSelected),
      ),
    );
  }
  const masked = (part: string): string => guard.mask(part.replaceAll("\r\n", "\n"), uri.fsPath);
  const input = editInput({
    ...{ path: vscode.workspace.asRelativePath(uri), language: document.languageId, wish },
    before: masked(before.slice(Math.max(0, start - mostAround), start)),
    selected: masked(selected),
    after: masked(before.slice(end, end + mostAround)),
  });
  const answer = await ask(filler, input);
  if (answer === undefined) return undefined;
  // A secret that was masked stands there again, as it was.
  const own = guard.restore(editText(answer, selected), { text: before, path: uri.fsPath });
  return { before, after: before.slice(0, start) + endedAs(document, own) + before.slice(end) };
}

/** Undefined where the user has stopped it. */
async function ask(filler: FormFiller, input: string) {
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: plainNotice(t("Outcrop: {0} edits the selection", filler.name)),
    cancellable: true,
  };
  return vscode.window.withProgress(progress, async (_, token) => {
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    try {
      return await filler.fill({ form: editForm, system: editSystem, input, limitMs }, stopped.signal);
    } catch (error) {
      if (stopped.signal.aborted) return undefined;
      throw error;
    }
  });
}
