import * as vscode from "vscode";
import { makeVisibleLine } from "../../policy/display/make-visible.ts";
import { classifyPath } from "../../policy/paths/classify-path.ts";
import type { PathContext } from "../../policy/paths/path-context.ts";
import { t, text } from "../../protocol/localize.ts";
import type { Dialogs } from "../dialogs.ts";
import { plainNotice } from "../plain-notice.ts";

/** Whether the user's own press may change a file to what a model wrote: what makes programs run is asked about first. */
export async function mayChange(uri: vscode.Uri, paths: PathContext, dialogs: Dialogs): Promise<boolean> {
  if (uri.scheme === "untitled") return true;
  const name = makeVisibleLine(vscode.workspace.asRelativePath(uri));
  if (uri.scheme !== "file" && uri.scheme !== "vscode-remote") {
    void vscode.window.showErrorMessage(plainNotice(t("{0} is no file that can be changed.", name)));
    return false;
  }
  const { kind, place } = await classifyPath(uri.fsPath, paths, "write");
  if (kind === "forbidden") {
    const told = t("{0} is not changed by Outcrop: it belongs to git, the editor or the system.", name);
    void vscode.window.showErrorMessage(plainNotice(told));
    return false;
  }
  if (kind !== "protected" && place === "inside") return true;
  const why =
    place === "outside" ? t("It is outside the workspace.") : t("It can make programs run or steer an assistant.");
  const question = { title: t("Compare the code with {0}?", name), detail: why, buttons: [text("Compare")] as const };
  return (await dialogs.ask(question)) === "Compare";
}
