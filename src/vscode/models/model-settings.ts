import * as vscode from "vscode";
import { settingsSection, userSettings } from "../user-settings.ts";
import { placeSettings } from "./place-settings.ts";

/** As they were written: whoever sends checks them, since a lock or a limit that is left out is another one. */
export interface ModelSettings {
  readonly allowedRegions: unknown;
  readonly modelLimits: unknown;
}

/** Of scope `machine` and `application`: only the user's own settings count. */
export function readModelSettings(): ModelSettings {
  const settings = userSettings();
  return { allowedRegions: settings.get("allowedRegions"), modelLimits: settings.get("modelLimits") };
}

/** Writes settings of the user's, each where it is read from. What stays the same is not written. */
export async function writeSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const write = async (key: string, value: unknown): Promise<void> => {
    if (section.get<unknown>(key) !== value) await section.update(key, value, vscode.ConfigurationTarget.Global);
  };
  const { plain, configurations } = placeSettings(values, {
    configurations: section.get<unknown>("configurations"),
    wanted: section.get<unknown>("configuration"),
    defaultOf: (key) => section.inspect<unknown>(key)?.defaultValue,
  });
  for (const [key, value] of Object.entries(plain)) await write(key, value);
  if (configurations !== undefined) await write("configurations", configurations);
}
