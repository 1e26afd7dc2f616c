import * as vscode from "vscode";
import type { PanelContext } from "../protocol/panel-messages.ts";

const suggestions = ["What is this project?", "Where is the retry delay computed?", "Run the tests"];

/** What the panel shows beside the chat. */
export function panelContext(given: Pick<PanelContext, "connection" | "attachments" | "repository">): PanelContext {
  return { ...given, restricted: !vscode.workspace.isTrusted, suggestions };
}
