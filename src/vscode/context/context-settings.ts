import * as vscode from "vscode";
import { settingsSection } from "../user-settings.ts";

/** Whether the active editor's file is offered with a press, taken along by itself, or left alone. */
export function readImplicitContext(): "suggest" | "always" | "never" {
  const value = vscode.workspace.getConfiguration(settingsSection).get<unknown>("implicitContext");
  return value === "always" || value === "never" ? value : "suggest";
}

/** Whether a trusted repository's own instructions are part of every request. */
export function readsInstructions(): boolean {
  return vscode.workspace.getConfiguration(settingsSection).get<unknown>("repositoryInstructions") !== false;
}

/** Globs of what the editor's own lists leave out. */
export function excludedGlobs(): readonly string[] {
  const value = vscode.workspace.getConfiguration("files").get<unknown>("exclude");
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
}
