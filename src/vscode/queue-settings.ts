import * as vscode from "vscode";
import type { QueueAction } from "../protocol/queued-prompt.ts";

/** What Enter does while a turn runs; a wrong value counts as unset. */
export function readQueueAction(): QueueAction {
  const action = vscode.workspace.getConfiguration("outcrop").get<unknown>("requestQueuing.defaultAction");
  return action === "queue" ? action : "steer";
}

/** Whether the user is asked before a prompt that was edited takes back what came after it. */
export function asksBeforeResend(): boolean {
  return vscode.workspace.getConfiguration("outcrop").get<unknown>("confirmEditedPrompts") !== false;
}

export async function neverAskBeforeResend(): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration("outcrop").update("confirmEditedPrompts", false, Global);
}

/** Calls `changed` where what Enter does may be another. */
export function onQueueSetting(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("outcrop.requestQueuing")) changed();
  });
}
