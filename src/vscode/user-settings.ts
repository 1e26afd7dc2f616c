import * as vscode from "vscode";
import { type ActiveConfiguration, activeConfiguration } from "./models/configurations.ts";

export const settingsSection = "outcrop";

/** The user's settings by their name below `outcrop.`, those of the named configuration in use before the plain ones. */
export interface UserSettings {
  readonly active: ActiveConfiguration;
  /** As it was written. */
  get(key: string): unknown;
}

/** Of this moment. What a configuration may hold is read here and nowhere else, so that switching applies all of it. */
export function userSettings(): UserSettings {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const active = activeConfiguration(section.get<unknown>("configurations"), section.get<unknown>("configuration"));
  const held = new Map<string, unknown>(active.kind === "active" ? Object.entries(active.values) : []);
  return { active, get: (key) => (held.has(key) ? held.get(key) : section.get<unknown>(key)) };
}
