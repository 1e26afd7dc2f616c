import * as vscode from "vscode";
import { readSettings, settingsSection } from "../settings.ts";
import { parseConfiguration } from "./configurations.ts";
import { configurationNames, describeConfiguration } from "./describe-configuration.ts";

interface ConfigurationItem extends vscode.QuickPickItem {
  readonly choice: { readonly kind: "use"; readonly name: string } | { readonly kind: "edit" };
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
    label: `${current === undefined ? "$(check) " : ""}No configuration`,
    detail: "The plain settings: outcrop.profile, outcrop.region, outcrop.model, …",
    choice: { kind: "use", name: "" },
  };
  const edit: ConfigurationItem = { label: "$(gear) Edit Configurations", choice: { kind: "edit" } };
  const placeHolder =
    names.length === 0 ? "There is no configuration yet: add one to outcrop.configurations" : "Choose a configuration";
  const picked = await vscode.window.showQuickPick([...items, none, edit], {
    title: "Outcrop: Switch Configuration",
    placeHolder,
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  if (picked.choice.kind === "edit") {
    await vscode.commands.executeCommand("workbench.action.openSettings", "@id:outcrop.configurations");
    return;
  }
  const { name } = picked.choice;
  await section.update("configuration", name === "" ? undefined : name, vscode.ConfigurationTarget.Global);
  if (name !== "") await useBedrock();
}
