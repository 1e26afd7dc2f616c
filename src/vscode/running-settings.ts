import * as vscode from "vscode";
import * as z from "zod";
import { settingsSection } from "./user-settings.ts";

export interface RunningSettings {
  /** Whether commands that the user allowed run in a terminal that can be seen. */
  readonly commandTerminal: "auto" | "never";
}

const commandTerminal = z.enum(["auto", "never"]).catch("auto");

/** Where what runs can be seen, of scope `application`: only the user's own settings count. */
export function readRunningSettings(): RunningSettings {
  const section = vscode.workspace.getConfiguration(settingsSection);
  return { commandTerminal: commandTerminal.parse(section.get<unknown>("commandTerminal")) };
}
