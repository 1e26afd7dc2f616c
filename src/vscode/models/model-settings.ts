import * as vscode from "vscode";
import { settingsSection } from "../settings.ts";

/** As they were written: whoever sends checks them, since a lock or a limit that is left out is another one. */
export interface ModelSettings {
  readonly allowedRegions: unknown;
  readonly modelLimits: unknown;
}

/** Of scope `machine` and `application`: only the user's own settings count. */
export function readModelSettings(): ModelSettings {
  const section = vscode.workspace.getConfiguration(settingsSection);
  return {
    allowedRegions: section.get<unknown>("allowedRegions"),
    modelLimits: section.get<unknown>("modelLimits"),
  };
}

/** Writes the model where it is read from: the configuration in use if that names one, else `outcrop.model`. */
export async function writeModel(modelId: string): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const name = section.get<unknown>("configuration");
  const configurations = section.get<unknown>("configurations");
  if (typeof name === "string" && isRecord(configurations)) {
    const active = configurations[name.trim()];
    if (isRecord(active) && "model" in active) {
      const changed = { ...configurations, [name.trim()]: { ...active, model: modelId } };
      await section.update("configurations", changed, vscode.ConfigurationTarget.Global);
      return;
    }
  }
  await section.update("model", modelId, vscode.ConfigurationTarget.Global);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
