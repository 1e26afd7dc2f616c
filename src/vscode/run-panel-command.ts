import * as vscode from "vscode";
import type { PanelCommand } from "../protocol/panel-messages.ts";

/** Runs what a button of the panel asks for. */
export async function runPanelCommand(command: PanelCommand): Promise<void> {
  switch (command) {
    case "selectModel":
    case "configureTools":
    case "manageRules":
    case "selectIdentity":
    case "signIn":
    case "tryDemo":
    case "showLog":
    case "showUsage":
    case "escalate":
    case "failover":
      await vscode.commands.executeCommand(`outcrop.${command}`);
      return;
    case "manageTrust":
      await vscode.commands.executeCommand("workbench.trust.manage");
      return;
    case "lowerMaxTokens":
      return openSettings("@id:outcrop.maxTokens");
    case "openSettings":
      return openSettings("@ext:outcrop.outcrop");
  }
}

async function openSettings(query: string): Promise<void> {
  await vscode.commands.executeCommand(settingsCommand(vscode.env.remoteName), { query });
}

/**
 * Settings of scope `machine` are the other machine's where VS Code is connected to one: the user's own settings editor
 * lists none of them there.
 */
function settingsCommand(remoteName: string | undefined): string {
  return remoteName === undefined ? "workbench.action.openSettings" : "workbench.action.openRemoteSettings";
}
