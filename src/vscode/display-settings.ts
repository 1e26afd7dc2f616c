import * as vscode from "vscode";
import * as z from "zod";
import { type Display, defaultDisplay } from "../protocol/display.ts";
import { settingsSection } from "./user-settings.ts";

const thinkingStyle = z.enum(["collapsed", "preview", "fixedHeight"]).catch(defaultDisplay.thinkingStyle);
const fontSize = z.number().min(6).max(100).optional().catch(undefined);
const keys = ["thinkingStyle", "codeBlockWordWrap", "fontSize", "announceSteps"] as const;

/** How the transcript looks and speaks. A wrong type counts as unset. */
export function readDisplaySettings(): Display {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const size = fontSize.parse(section.get<unknown>("fontSize") ?? undefined);
  return {
    thinkingStyle: thinkingStyle.parse(section.get<unknown>("thinkingStyle")),
    wrapsCode: section.get<unknown>("codeBlockWordWrap") === true,
    ...(size !== undefined && { fontSize: size }),
    speaksSteps: section.get<unknown>("announceSteps") !== false,
  };
}

export function onDisplaySettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (keys.some((key) => change.affectsConfiguration(`${settingsSection}.${key}`))) listener();
  });
}
