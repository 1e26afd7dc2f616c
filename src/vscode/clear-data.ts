import { rm } from "node:fs/promises";
import { join } from "node:path";
import type * as vscode from "vscode";
import type { ChatController } from "./chat-controller.ts";
import type { Dialogs } from "./dialogs.ts";

/** Where the extension keeps what it keeps. */
export interface KeptData {
  readonly storage: vscode.Uri;
  readonly memory: vscode.Memento;
}

/** Deletes everything that Outcrop keeps on this machine, of all workspaces, after a question. */
export async function clearData(controller: ChatController, kept: KeptData, dialogs: Dialogs): Promise<void> {
  const clear = "Clear Data";
  const pressed = await dialogs.ask({
    title: "Delete everything that Outcrop keeps on this machine?",
    detail:
      "Of all workspaces: every chat, every approval rule, the audit log, what was counted of costs, and what was remembered of models. Settings and AWS credentials are not Outcrop's and stay. A running turn ends. This cannot be undone.",
    buttons: [clear],
  });
  if (pressed === clear) await controller.startOver(() => removeData(kept));
}

/** Files first: where one cannot be removed, what is remembered of it stays as well. */
async function removeData({ storage, memory }: KeptData): Promise<void> {
  for (const folder of ["sessions", "audit", "spend", "usage"]) {
    await rm(join(storage.fsPath, folder), { recursive: true, force: true, maxRetries: 3 });
  }
  for (const key of memory.keys()) await memory.update(key, undefined);
}
