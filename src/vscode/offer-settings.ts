import * as vscode from "vscode";
import * as z from "zod";
import type { ChatMode, ToolChoice } from "../protocol/chat-choice.ts";
import { settingsSection } from "./user-settings.ts";

const choice = z.record(z.string(), z.boolean());

/** The mode and the tools of a chat in which nothing was chosen. A wrong type counts as unset. */
export function readOfferSettings(): { readonly mode: ChatMode; readonly tools: ToolChoice } {
  const section = vscode.workspace.getConfiguration(settingsSection);
  return {
    mode: section.get<unknown>("mode") === "ask" ? "ask" : "agent",
    tools: choice.catch({}).parse(section.get<unknown>("tools")),
  };
}

/** Keeps the tools of every chat in which nothing was chosen. */
export async function writeToolsSetting(tools: ToolChoice): Promise<void> {
  const section = vscode.workspace.getConfiguration(settingsSection);
  await section.update("tools", tools, vscode.ConfigurationTarget.Global);
}

export function onModeSetting(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${settingsSection}.mode`)) listener();
  });
}
