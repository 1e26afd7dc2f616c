import type * as vscode from "vscode";
import { writeSettings } from "./models/model-settings.ts";
import { readRoutingSettings } from "./routing-settings.ts";
import type { RoutingShare } from "./routing-share.ts";
import { readSettings } from "./settings.ts";

export interface RoutePromptsOptions {
  readonly share: Pick<RoutingShare, "describe">;
  /** Undefined where the user picks none. */
  readonly pickModel: (title: string) => Promise<string | undefined>;
  readonly window: Pick<typeof vscode.window, "showQuickPick">;
}

interface ModeItem extends vscode.QuickPickItem {
  readonly mode: "automatic" | "off" | "fast-model";
}

/** Turns automatic routing on and off, and says which models it chooses between and how often each was. */
export async function routePrompts({ share, pickModel, window }: RoutePromptsOptions): Promise<void> {
  const { fastModel, isAutomatic } = readRoutingSettings();
  const strong = readSettings().model ?? "the default model";
  const served = share.describe();
  const automatic: ModeItem = {
    mode: "automatic",
    label: `${isAutomatic ? "$(check) " : ""}Automatic`,
    description: fastModel === undefined ? "choose the fast model first" : `${fastModel} or ${strong}`,
    detail:
      `The fast model judges each prompt and answers what is simple. ${served === undefined ? "" : `${served}.`}`.trim(),
  };
  const off: ModeItem = {
    mode: "off",
    label: `${isAutomatic ? "" : "$(check) "}Off`,
    description: strong,
    detail: "Every prompt goes to the selected model.",
  };
  const change: ModeItem = { mode: "fast-model", label: "$(settings) Fast Model…", description: fastModel ?? "none" };
  const picked = await window.showQuickPick([automatic, off, change], {
    title: "Outcrop: Route Prompts",
    placeHolder: "Which model a prompt goes to",
  });
  if (picked === undefined) return;
  if (picked.mode === "off") return writeSettings({ routing: "off" });
  if (picked.mode === "fast-model" || fastModel === undefined) {
    const model = await pickModel("Outcrop: Fast Model");
    if (model === undefined) return;
    await writeSettings({ fastModel: model });
  }
  if (picked.mode === "automatic") await writeSettings({ routing: "automatic" });
}
