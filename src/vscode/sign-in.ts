import * as vscode from "vscode";
import { readSettings } from "./settings.ts";
import { signInCommand } from "./sign-in-command.ts";

/**
 * Helps with credentials that have expired or are missing: says the command for the profile and types it into a
 * terminal. The user presses Enter, nothing here does.
 */
export function signIn(): void {
  const profile = readSettings().profile ?? process.env["AWS_PROFILE"];
  const command = signInCommand(profile);
  if (command === undefined) {
    void vscode.window.showInformationMessage(
      `Sign in to AWS with aws sso login for the profile "${profile}", or renew its keys. Then press Retry.`,
    );
    return;
  }
  const terminal = vscode.window.createTerminal({ name: "AWS sign-in" });
  terminal.show();
  terminal.sendText(command, false);
  void vscode.window.showInformationMessage(
    `Sign in to AWS: press Enter in the terminal to run ${command}, or renew the keys in another way. Then press Retry.`,
  );
}
