import * as vscode from "vscode";
import { signInCommand } from "./sign-in-command.ts";

/**
 * Helps with credentials that a tool of their own makes: says the AWS CLI's command for the profile and types it into a
 * terminal. The user presses Enter, nothing here does.
 */
export function signInInTerminal(profile: string): void {
  const command = signInCommand(profile);
  if (command === undefined) {
    tell(`Sign in to AWS with aws login for the profile "${profile}". Then press Retry.`);
    return;
  }
  const terminal = vscode.window.createTerminal({ name: "AWS sign-in" });
  terminal.show();
  terminal.sendText(command, false);
  tell(`Sign in to AWS: press Enter in the terminal to run ${command}. Then press Retry.`);
}

/** Keys that were written into the profile by hand or by a program: only whoever wrote them can renew them. */
export function tellToRenew(profile: string): void {
  tell(
    `The credentials of the profile "${profile}" are not Outcrop's to renew: renew them with the tool that made them, or select another identity. Then press Retry.`,
  );
}

function tell(text: string): void {
  const select = "Select Identity…";
  void vscode.window
    .showInformationMessage(text, select)
    .then((pressed) => (pressed === select ? vscode.commands.executeCommand("outcrop.selectIdentity") : undefined));
}
