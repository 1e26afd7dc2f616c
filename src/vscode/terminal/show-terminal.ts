import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import { terminalName } from "./command-terminal.ts";

/** Brings up the terminal in which a program of the chat runs, with the focus: what a program asks its user is typed there. */
export function showTerminal(): void {
  const { terminals } = vscode.window;
  const tasks = vscode.tasks.taskExecutions.map(({ task }) => task.name);
  const ofTask = terminals.findLast(({ name }) => tasks.some((task) => name.includes(task)));
  const terminal = ofTask ?? terminals.findLast(({ name }) => name === terminalName);
  if (terminal === undefined) {
    void vscode.window.showInformationMessage(t("No program of this chat runs in a terminal."));
    return;
  }
  terminal.show();
}
