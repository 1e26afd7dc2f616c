import * as vscode from "vscode";

/** Whether the workspace is trusted; says where it is not why that is needed: "reads files". */
export function requireTrust(why: string): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const text = `Outcrop ${why} in a trusted workspace only.`;
  void vscode.window.showWarningMessage(text, manage).then((pressed) => {
    if (pressed === manage) void vscode.commands.executeCommand("workbench.trust.manage");
  });
  return false;
}
