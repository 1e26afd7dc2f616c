import * as vscode from "vscode";
import type { ConnectionChoice } from "./connection-choice.ts";
import { readSettings, settingsSection } from "./settings.ts";

/** A model as the picker shows it. */
export interface PickableModel {
  readonly id: string;
  readonly name: string;
  readonly provider: string | undefined;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly choice:
    | { readonly kind: "demo" }
    | { readonly kind: "model"; readonly id: string }
    | { readonly kind: "none" };
}

const demoItem: ModelItem = {
  label: "$(beaker) Demo model",
  description: "scripted, no AI",
  detail: "Runs inside Outcrop; no AWS account, nothing is sent.",
  choice: { kind: "demo" },
};

/**
 * Lets the user pick who answers: a model of their Bedrock, any id or ARN that they type, or the demo. Where listing
 * is denied, typing still works. Behind an endpoint of the user's own nothing is listed: a gateway has no control
 * plane, and what AWS lists is not what the gateway offers.
 */
export async function selectModel(
  connection: ConnectionChoice,
  listModels: (signal: AbortSignal) => Promise<readonly PickableModel[]>,
): Promise<void> {
  const choice = await pick(listModels);
  if (choice === undefined || choice.kind === "none") return;
  if (choice.kind === "model") {
    const section = vscode.workspace.getConfiguration(settingsSection);
    await section.update("model", choice.id, vscode.ConfigurationTarget.Global);
  }
  await connection.choose(choice.kind === "demo" ? "demo" : "bedrock");
}

async function pick(
  listModels: (signal: AbortSignal) => Promise<readonly PickableModel[]>,
): Promise<ModelItem["choice"] | undefined> {
  const quickPick = vscode.window.createQuickPick<ModelItem>();
  const listing = new AbortController();
  const { model: current, endpoint } = readSettings();
  let listed: readonly ModelItem[] = endpoint === undefined ? [] : gatewayItems(current);
  const show = (): void => {
    quickPick.items = [...typedItem(quickPick.value, listed), ...listed, demoItem];
  };
  quickPick.title = "Outcrop: Select Model";
  quickPick.placeholder = "Pick a model, or type a model id, inference profile id or ARN";
  quickPick.matchOnDescription = true;
  quickPick.busy = endpoint === undefined;
  quickPick.onDidChangeValue(show);
  show();
  quickPick.show();
  const list = async (): Promise<void> => {
    listed = await listModels(listing.signal).then(
      (models) => models.map((model) => toItem(model, current)),
      failedItem,
    );
    if (listing.signal.aborted) return;
    show();
    quickPick.busy = false;
  };
  if (endpoint === undefined) void list();
  try {
    return await new Promise((resolve) => {
      quickPick.onDidAccept(() => resolve(quickPick.selectedItems[0]?.choice));
      quickPick.onDidHide(() => resolve(undefined));
    });
  } finally {
    listing.abort();
    quickPick.dispose();
  }
}

function toItem({ id, name, provider }: PickableModel, current: string | undefined): ModelItem {
  const label = id === current ? `$(check) ${name}` : name;
  return { label, description: id, ...(provider !== undefined && { detail: provider }), choice: { kind: "model", id } };
}

/** Anything typed that is no listed id is offered as one. */
function typedItem(value: string, listed: readonly ModelItem[]): readonly ModelItem[] {
  const id = value.trim();
  const looksLikeId = /^[a-zA-Z0-9][\w.:/-]*$/.test(id) && /[.:/]/.test(id);
  if (!looksLikeId || listed.some(({ choice }) => choice.kind === "model" && choice.id === id)) return [];
  return [{ label: `Use "${id}"`, alwaysShow: true, choice: { kind: "model", id } }];
}

/** The id in use, and what to do for another one. */
function gatewayItems(current: string | undefined): readonly ModelItem[] {
  const used = current === undefined ? [] : [toItem({ id: current, name: current, provider: undefined }, current)];
  const label = "$(info) The gateway decides which models there are; type an id";
  return [...used, { label, alwaysShow: true, choice: { kind: "none" } }];
}

function failedItem(error: unknown): readonly ModelItem[] {
  const detail = error instanceof Error ? error.message : String(error);
  const label = "$(warning) The models could not be listed; type an id";
  return [{ label, detail, alwaysShow: true, choice: { kind: "none" } }];
}
