import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import { plainNotice } from "./plain-notice.ts";
import { signInCommand } from "./sign-in-command.ts";

/**
 * Helps with credentials that a tool of their own makes: says the AWS CLI's command for the profile and types it into a
 * terminal. The user presses Enter, nothing here does.
 */
export function signInInTerminal(profile: string): void {
  const command = signInCommand(profile);
  if (command === undefined) {
    tell(t('Sign in to AWS with aws login for the profile "{0}". Then press Retry.', profile));
    return;
  }
  const terminal = vscode.window.createTerminal({ name: t("AWS sign-in") });
  terminal.show();
  terminal.sendText(command, false);
  tell(t("Sign in to AWS: press Enter in the terminal to run {0}. Then press Retry.", command));
}

/** Keys that were written into the profile by hand or by a program: only whoever wrote them can renew them. */
export function tellToRenew(profile: string): void {
  tell(
    t(
      'The credentials of the profile "{0}" are not Outcrop\'s to renew: renew them with the tool that made them, or select another identity. Then press Retry.',
      profile,
    ),
  );
}

function tell(text: string): void {
  const select = t("Select Identity…");
  void vscode.window
    .showInformationMessage(plainNotice(text), select)
    .then((pressed) => (pressed === select ? vscode.commands.executeCommand("outcrop.selectIdentity") : undefined));
}
