import * as vscode from "vscode";

/** Tells VS Code whether a turn runs, for what the commands are offered by. */
export async function setRunning(running: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", "outcrop.running", running);
}
