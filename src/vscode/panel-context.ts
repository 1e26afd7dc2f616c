import * as vscode from "vscode";
import type { PanelContext } from "../protocol/panel-messages.ts";
import { readOfferSettings } from "./offer-settings.ts";

const suggestions = ["What is this project?", "Where is the retry delay computed?", "Run the tests"];

/** What the panel shows beside the chat. */
export function panelContext(given: Pick<PanelContext, "connection" | "attachments" | "repository">): PanelContext {
  const { mode } = readOfferSettings();
  return { ...given, mode, restricted: !vscode.workspace.isTrusted, suggestions };
}
