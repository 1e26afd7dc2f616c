import * as vscode from "vscode";
import { settingsSection } from "./settings.ts";

/** Whether the gateway answers with a model of its own choice. */
export function gatewayDecidesModel(): boolean {
  return vscode.workspace.getConfiguration(settingsSection).get<unknown>("gatewayDecidesModel") === true;
}
