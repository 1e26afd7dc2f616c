import { rm } from "node:fs/promises";
import { join } from "node:path";
import { countOtherWindows } from "../chat/count-windows.ts";
import { formatNumber, t, text } from "../protocol/localize.ts";
import type { Dialogs } from "./dialogs.ts";

/** Where the extension keeps what it keeps. */
export interface KeptData {
  /** The path of the extension's global storage. */
  readonly storage: string;
  /** VS Code's for all workspaces, and for the one that is open: what is not sent yet is there. */
  readonly memories: readonly {
    keys(): readonly string[];
    update(key: string, value: undefined): PromiseLike<void>;
  }[];
  /** Forgets what the wire inspector holds of the last requests. */
  readonly forgetRequests: () => void;
  /** Forgets what is in VS Code's secret storage. */
  readonly forgetSecrets: () => Promise<void>;
}

interface Restartable {
  /** Ends what runs, lets `remove` delete what is kept, and begins anew. */
  startOver(remove: () => Promise<void>): Promise<void>;
}

/** Deletes everything that Outcrop keeps on this machine, of all workspaces, after a question. */
export async function clearData(chat: Restartable, kept: KeptData, dialogs: Dialogs): Promise<void> {
  const clear = text("Clear Data");
  const others = await countOtherWindows(join(kept.storage, "sessions"), process.pid);
  const pressed = await dialogs.ask({
    title: t("Delete everything that Outcrop keeps on this machine?"),
    detail: `${warnOfOthers(others)}${t("Of all workspaces: every chat, prompts and attachments that were not sent, every approval rule, the audit log, what was counted of costs, what commands printed and other long results, what files were before a chat changed them, files that a chat deleted where there is no trash, what was remembered of models, and the keys and secrets that are stored in Outcrop. Settings and the credentials of ~/.aws are not Outcrop's and stay. A running turn ends. This cannot be undone.")}`,
    buttons: [clear],
  });
  if (pressed === clear) await chat.startOver(() => removeData(kept));
}

function warnOfOthers(count: number): string {
  if (count === 0) return "";
  const warning = t(
    "⚠ Other windows with an open Outcrop chat: {0}. Their chats are lost as well, and what they write from now on stays: close them first.",
    formatNumber(count),
  );
  return `${warning}\n\n`;
}

/** Files first: where one cannot be removed, what is remembered of it stays as well. */
async function removeData({ storage, memories, forgetRequests, forgetSecrets }: KeptData): Promise<void> {
  forgetRequests();
  for (const folder of [
    "sessions",
    "audit",
    "spend",
    "usage",
    "http-writes",
    "outputs",
    "checkpoints",
    "deleted",
    "drafts",
  ]) {
    await rm(join(storage, folder), { recursive: true, force: true, maxRetries: 3 });
  }
  await forgetSecrets();
  for (const memory of memories) for (const key of memory.keys()) await memory.update(key, undefined);
}
