import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import type { ChatView } from "./chat-view.ts";

/** How long after the turn has ended its terminal may still close, in milliseconds. */
const closingMs = 1_000;

/**
 * Keeps the focus in the panel when it asks to stop a running program. VS Code closes the terminal of a task that it
 * terminates, hides its own panel with the last terminal, and then focuses the editor, wherever the focus was:
 * `setPanelHidden` in microsoft/vscode, `src/vs/workbench/browser/layout.ts`.
 */
export function focusAfterStop(view: ChatView, session: ChatSession): void {
  const { current } = session.chat;
  if (!current?.parts.some((part) => part.kind === "tool" && part.call.status.kind === "running")) return;
  const subscription = vscode.window.onDidCloseTerminal(() => void view.focus());
  void session.settled().then(() => setTimeout(() => subscription.dispose(), closingMs));
}
