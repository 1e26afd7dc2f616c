import * as vscode from "vscode";
import type { PanelCommand } from "../protocol/panel-messages.ts";

/** Runs what a button of the panel asks for. */
export async function runPanelCommand(command: PanelCommand, argument?: string): Promise<void> {
  switch (command) {
    case "selectModel":
    case "configureTools":
    case "manageRules":
    case "selectIdentity":
    case "setApiKey":
    case "setUpGateway":
    case "signIn":
    case "tryDemo":
    case "showLog":
    case "showUsage":
    case "showTerminal":
    case "escalate":
    case "failover":
    case "addContext":
    case "allowAll":
    case "defaultPermissions":
      await vscode.commands.executeCommand(`outcrop.${command}`);
      return;
    case "renameChat":
      await vscode.commands.executeCommand("outcrop.renameChat", ...(argument ? [{ title: argument }] : []));
      return;
    case "forkChat":
    case "exportChat":
      await vscode.commands.executeCommand(`outcrop.${command}`);
      return;
    case "manageTrust":
      await vscode.commands.executeCommand("workbench.trust.manage");
      return;
    case "lowerMaxTokens":
      return openSettings("@id:outcrop.maxTokens");
    case "setRegion":
      return openSettings("@id:outcrop.region");
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
