import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import { nativePrompts } from "../native-prompts.ts";
import { plainNotice } from "../plain-notice.ts";
import { settingsSection, userSettings } from "../user-settings.ts";
import { configurableSettings, parseConfiguration } from "./configurations.ts";
import { configurationNames } from "./describe-configuration.ts";

/**
 * Keeps the settings of this moment, what the configuration in use holds and what the user has set, under a name that the
 * user gives, and puts that in use. Header secrets stay where they are: the headers name them.
 */
export async function saveConfiguration(): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const { active, get } = userSettings();
  if (active.kind === "wrong") return sayProblem(active.problem);
  const current = active.kind === "active" ? active.name : undefined;
  const configurations = section.get<unknown>("configurations");
  const taken = configurationNames(configurations).filter((name) => name !== current);
  const name = await nativePrompts.ask({
    title: t("Outcrop: Save as Configuration"),
    prompt: t("Name of the configuration that holds the settings as they are now"),
    placeholder: "work",
    ...(current !== undefined && { value: current }),
    problemOf: (text) => (taken.includes(text) ? t('There is already a configuration "{0}".', text) : undefined),
  });
  if (name === undefined) return;
  const isHeld = (key: string): boolean => active.kind === "active" && Object.hasOwn(active.values, key);
  const isSet = (key: string): boolean => section.inspect<unknown>(key)?.globalValue !== undefined;
  const names = configurableSettings.filter((key) => isHeld(key) || isSet(key));
  const captured = Object.fromEntries(names.map((key) => [key, get(key)]));
  const parsed = parseConfiguration(name, captured);
  if (parsed.kind === "wrong") return sayProblem(parsed.problem);
  const all = { ...Object(configurations), [name]: captured };
  await section.update("configurations", all, vscode.ConfigurationTarget.Global);
  await section.update("configuration", name, vscode.ConfigurationTarget.Global);
}

async function sayProblem(problem: string): Promise<void> {
  await vscode.window.showWarningMessage(plainNotice(t("Nothing was saved. {0}", problem)));
}
