import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { terminalSelection } from "../context/terminal-selection.ts";
import type { Subject } from "./subject.ts";

/** What is selected in the active terminal. Throws a `ToolError` where nothing is. */
export async function terminalSubject(): Promise<Subject> {
  const name = vscode.window.activeTerminal?.name ?? "terminal";
  return { kind: "terminal", name, detail: "", attachments: [{ ...(await terminalSelection()), id: randomUUID() }] };
}
