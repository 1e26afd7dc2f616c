import * as vscode from "vscode";
import type { Tool } from "./agent/tool.ts";
import { plural, t } from "./protocol/localize.ts";
import { createForeignTools } from "./tools/foreign/create-foreign-tools.ts";
import { EditorForeignTools } from "./vscode/foreign/editor-foreign-tools.ts";
import { plainNotice } from "./vscode/plain-notice.ts";

const toldKey = "outcrop.foreignToolsTold";

/** The tools of other extensions and MCP servers, as they are whenever a turn begins. That there are some is told once. */
export function composeForeignTools(memory: vscode.Memento): () => readonly Tool[] {
  const port = new EditorForeignTools();
  return () => {
    const tools = createForeignTools(port);
    if (tools.length > 0 && memory.get(toldKey) !== true) void tell(memory, tools.length);
    return tools;
  };
}

async function tell(memory: vscode.Memento, count: number): Promise<void> {
  await memory.update(toldKey, true);
  const told = plural(
    count,
    "Outcrop can use {0} tool of other extensions and MCP servers. They are off until you turn them on.",
    "Outcrop can use {0} tools of other extensions and MCP servers. They are off until you turn them on.",
  );
  const pressed = await vscode.window.showInformationMessage(plainNotice(told), t("Configure Tools…"));
  if (pressed !== undefined) await vscode.commands.executeCommand("outcrop.configureTools");
}
