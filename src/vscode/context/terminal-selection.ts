import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import { formatNumber, t } from "../../protocol/localize.ts";
import type { GatheredContext } from "../../tools/context/read-context.ts";

/** Characters, the last ones: what failed is said at the end. */
const mostText = 60_000;

/** What is selected in the active terminal. Throws a `ToolError` where nothing is. */
export async function terminalSelection(clipboard: vscode.Clipboard = vscode.env.clipboard): Promise<GatheredContext> {
  const text = (await selectedText(clipboard)).trim().slice(-mostText);
  if (text === "") throw new ToolError(t("Select some text in the terminal first."));
  const name = vscode.window.activeTerminal?.name ?? t("Terminal");
  const lines = text.split("\n").length;
  const detail = t(lines === 1 ? "{0} line selected in {1}" : "{0} lines selected in {1}", formatNumber(lines), name);
  return { kind: "terminal", label: t("Terminal selection"), detail, text, language: "" };
}

/**
 * VS Code tells it to nobody but the clipboard, so that is borrowed: the text that was in it before is put back. Anything
 * else, such as an image, cannot be: it stays only where nothing is selected.
 */
async function selectedText(clipboard: vscode.Clipboard): Promise<string> {
  const before = await clipboard.readText();
  // Where nothing is selected nothing is copied, and what the user had copied is not to be sent.
  const mark = before === "" ? "" : randomUUID();
  if (mark !== "") await clipboard.writeText(mark);
  let text = mark;
  try {
    await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
    text = await clipboard.readText();
    return text === mark ? "" : text;
  } finally {
    if (text !== before) await clipboard.writeText(before);
  }
}
