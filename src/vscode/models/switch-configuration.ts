import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import { readSettings } from "../settings.ts";
import { settingsSection } from "../user-settings.ts";
import { parseConfiguration } from "./configurations.ts";
import { configurationNames, describeConfiguration } from "./describe-configuration.ts";
import { saveConfiguration } from "./save-configuration.ts";

interface ConfigurationItem extends vscode.QuickPickItem {
  readonly choice:
    | { readonly kind: "use"; readonly name: string }
    | { readonly kind: "save" }
    | { readonly kind: "edit" };
}

/** Lets the user choose one of their named configurations, or none. `useBedrock` ends the demo where it was chosen. */
export async function switchConfiguration(useBedrock: () => Promise<void>): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const configurations = section.get<unknown>("configurations");
  const names = configurationNames(configurations);
  const { configuration: current } = readSettings();
  const items = names.map((name): ConfigurationItem => {
    const value: unknown = Object.entries(Object(configurations)).find(([key]) => key === name)?.[1];
    const parsed = parseConfiguration(name, value);
    const icon = parsed.kind === "wrong" ? "$(warning) " : name === current ? "$(check) " : "";
    return { label: `${icon}${name}`, detail: describeConfiguration(parsed), choice: { kind: "use", name } };
  });
  const none: ConfigurationItem = {
    label: `${current === undefined ? "$(check) " : ""}${t("No configuration")}`,
    detail: t("The plain settings: outcrop.profile, outcrop.region, outcrop.model, …"),
    choice: { kind: "use", name: "" },
  };
  const save: ConfigurationItem = {
    label: t("$(save) Save as Configuration…"),
    detail: t("Keeps the settings of this moment under a name"),
    choice: { kind: "save" },
  };
  const edit: ConfigurationItem = { label: t("$(gear) Edit Configurations"), choice: { kind: "edit" } };
  const placeHolder =
    names.length === 0 ? t("There is no configuration yet: save the settings as one") : t("Choose a configuration");
  const picked = await vscode.window.showQuickPick([...items, none, save, edit], {
    title: t("Outcrop: Switch Configuration"),
    placeHolder,
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  if (picked.choice.kind === "save") return saveConfiguration();
  if (picked.choice.kind === "edit") {
    await vscode.commands.executeCommand("workbench.action.openSettings", "@id:outcrop.configurations");
    return;
  }
  const { name } = picked.choice;
  await section.update("configuration", name === "" ? undefined : name, vscode.ConfigurationTarget.Global);
  if (name !== "") await useBedrock();
}
