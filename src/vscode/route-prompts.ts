import type * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
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
  const strong = readSettings().model ?? t("the default model");
  const served = share.describe();
  const automatic: ModeItem = {
    mode: "automatic",
    label: `${isAutomatic ? "$(check) " : ""}${t("Automatic")}`,
    description: fastModel === undefined ? t("choose the fast model first") : t("{0} or {1}", fastModel, strong),
    detail:
      `${t("The fast model judges each prompt and answers what is simple.")} ${served === undefined ? "" : `${served}.`}`.trim(),
  };
  const off: ModeItem = {
    mode: "off",
    label: `${isAutomatic ? "" : "$(check) "}${t("Off")}`,
    description: strong,
    detail: t("Every prompt goes to the selected model."),
  };
  const change: ModeItem = {
    mode: "fast-model",
    label: t("$(settings) Fast Model…"),
    description: fastModel ?? t("none"),
  };
  const picked = await window.showQuickPick([automatic, off, change], {
    title: t("Outcrop: Route Prompts"),
    placeHolder: t("Which model a prompt goes to"),
  });
  if (picked === undefined) return;
  if (picked.mode === "off") return writeSettings({ routing: "off" });
  if (picked.mode === "fast-model" || fastModel === undefined) {
    const model = await pickModel(t("Outcrop: Fast Model"));
    if (model === undefined) return;
    await writeSettings({ fastModel: model });
  }
  if (picked.mode === "automatic") await writeSettings({ routing: "automatic" });
}
