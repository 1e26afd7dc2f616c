import * as vscode from "vscode";
import type { ConnectionChoice } from "../connection-choice.ts";
import type { ModelMemory } from "./model-memory.ts";
import { ModelPicker } from "./model-picker.ts";
import { writeSettings } from "./model-settings.ts";
import type { ModelSource } from "./model-source.ts";

/**
 * Lets the user pick who answers: a model of their Bedrock, any id or ARN that they type, or the demo. Where listing
 * is denied, the bundled catalogue is shown and typing still works.
 */
export async function selectModel(
  connection: ConnectionChoice,
  source: ModelSource,
  memory: ModelMemory,
): Promise<void> {
  const inUse = connection.current();
  const choice = await new ModelPicker(source, memory, inUse.kind === "bedrock" ? inUse.modelId : undefined).pick();
  if (choice === undefined) return;
  if (choice.kind === "demo") return connection.choose("demo");
  const [model] = await source.describe([choice.id]).catch(() => []);
  if (model?.blocked !== undefined) return sayBlocked(choice.id, model.blocked);
  await writeSettings({ model: choice.id });
  await memory.used(choice.id);
  await connection.choose("bedrock");
}

/** The lock would refuse it when something is sent; better to say it here. */
async function sayBlocked(id: string, why: string): Promise<void> {
  const open = "Open Settings";
  const message = `${id} was not selected: it ${why}, which outcrop.allowedRegions does not allow.`;
  if ((await vscode.window.showWarningMessage(message, open)) === open) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "@id:outcrop.allowedRegions");
  }
}
