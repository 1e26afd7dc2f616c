import * as vscode from "vscode";
import { type ReadDefinitions, readHttpTools } from "../../tools/http/http-tool-definition.ts";
import { settingsSection } from "../user-settings.ts";

const key = "httpTools";

/** As it is written, a wrong type too: of scope `machine`, so that only the user's own settings count. */
export function writtenHttpTools(): unknown {
  return vscode.workspace.getConfiguration(settingsSection).get<unknown>(key);
}

/** The user's HTTP tools that belong to the folders which are open. */
export function readHttpToolSettings(folders: readonly string[]): ReadDefinitions {
  const { definitions, problems } = readHttpTools(writtenHttpTools());
  return {
    definitions: definitions.filter(({ onlyIn }) => onlyIn === undefined || folders.includes(onlyIn)),
    problems,
  };
}

export async function writeHttpTools(tools: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration(settingsSection).update(key, tools, vscode.ConfigurationTarget.Global);
}
