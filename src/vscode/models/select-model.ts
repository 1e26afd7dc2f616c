import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { ConnectionChoice } from "../connection-choice.ts";
import { plainNotice } from "../plain-notice.ts";
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
  const picker = new ModelPicker(source, memory, inUse.kind === "bedrock" ? inUse.modelId : undefined);
  const choice = await picker.pick();
  if (choice === undefined) return;
  if (choice.kind === "demo") return connection.choose("demo");
  const [model] = await source.describe([choice.id]).catch(() => []);
  if (model?.blocked !== undefined) return sayBlocked(choice.id, model.blocked);
  connection.refusedModel.selected(choice.id, picker.accessTo(choice.id));
  await writeSettings({ model: choice.id });
  await memory.used(choice.id);
  await connection.choose("bedrock");
}

/** The lock would refuse it when something is sent; better to say it here. */
async function sayBlocked(id: string, why: string): Promise<void> {
  const open = t("Open Settings");
  const message = t("{0} was not selected, since outcrop.allowedRegions does not allow this: {1}.", id, why);
  if ((await vscode.window.showWarningMessage(plainNotice(message), open)) === open) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "@id:outcrop.allowedRegions");
  }
}
