import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import { plainNotice } from "../plain-notice.ts";

/** Whether the workspace is trusted; where it is not, the user is told the sentence. */
export function requireTrust(sentence: string): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = t("Manage Workspace Trust");
  void vscode.window.showWarningMessage(plainNotice(sentence), manage).then((pressed) => {
    if (pressed === manage) void vscode.commands.executeCommand("workbench.trust.manage");
  });
  return false;
}
