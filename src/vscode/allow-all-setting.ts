import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import { settingsSection } from "./user-settings.ts";

/** Whether a chat may be given Allow All: not in Restricted Mode, and not where the setting says no. A wrong type counts as unset. */
export function mayAllowAll(): boolean {
  const set = vscode.workspace.getConfiguration(settingsSection).get<unknown>("allowAll");
  return vscode.workspace.isTrusted && set !== false;
}

/** What a user is told who asks for it where it may not be. */
export function whyNoAllowAll(): string | undefined {
  if (mayAllowAll()) return undefined;
  return vscode.workspace.isTrusted
    ? t("Allow All is turned off by the setting outcrop.allowAll.")
    : t("In Restricted Mode there are no tools to allow.");
}

export function onAllowAllSetting(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${settingsSection}.allowAll`)) listener();
  });
}
