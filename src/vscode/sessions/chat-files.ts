import { homedir } from "node:os";
import * as vscode from "vscode";
import { maskDeep } from "../../chat/masked-store.ts";
import { chatToMarkdown } from "../../chat/sessions/chat-to-markdown.ts";
import { exportChat, ImportError, importChat } from "../../chat/sessions/exported-chat.ts";
import { recordsOfEnded } from "../../chat/sessions/fork-records.ts";
import type { KeptSessions } from "../../chat/sessions/kept-sessions.ts";
import { withoutHome } from "../../chat/sessions/without-home.ts";
import { t } from "../../protocol/localize.ts";
import { plainNotice } from "../plain-notice.ts";
import type { OpenSessions } from "./open-sessions.ts";
import type { ShownSession } from "./shown-session.ts";

export interface ChatFilesOptions {
  readonly sessions: OpenSessions<ShownSession>;
  readonly kept: KeptSessions;
  readonly open: (id: string) => Promise<void>;
}

/** Larger files are no chats that anybody reads. */
const mostBytes = 100_000_000;

/** Brings the chat that is shown out of Outcrop, secrets masked, and chats of files in. */
export class ChatFiles {
  readonly #options: ChatFilesOptions;

  constructor(options: ChatFilesOptions) {
    this.#options = options;
  }

  /** Shows the chat in an editor, so that it is read before it is saved. */
  async exportChat(): Promise<void> {
    const markdown = { label: "Markdown", description: t("to read") };
    const json = { label: "JSON", description: t("to import again; holds all that the model was sent") };
    const format = await vscode.window.showQuickPick([markdown, json], { title: t("Outcrop: Export Chat") });
    if (format === undefined) return;
    const { session, policy } = await this.#options.sessions.current();
    const records = recordsOfEnded((await this.#options.kept.read(session.chat.sessionId)) ?? []);
    if (records.length === 0) return tellEmpty();
    const content = format === json ? exportChat(records, leaving(policy.mask)) : await this.#markdown();
    const language = format === json ? "json" : "markdown";
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
  }

  /** Copies the chat as Markdown. */
  async copyChat(): Promise<void> {
    const { session } = await this.#options.sessions.current();
    if (session.isEmpty) return tellEmpty();
    await vscode.env.clipboard.writeText(await this.#markdown());
    vscode.window.setStatusBarMessage(t("Outcrop: chat copied"), 3_000);
  }

  /** A file that was exported becomes a chat of its own. Nothing in it runs. */
  async importChat(given?: unknown): Promise<void> {
    const file = given instanceof vscode.Uri ? given : await pickFile();
    if (file === undefined) return;
    const { kept, open } = this.#options;
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > mostBytes) throw new ImportError(t("This file is too large for a chat: 100 MB at most."));
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      await open(await kept.create(importChat(text, Date.now())));
    } catch (error) {
      if (!(error instanceof ImportError || error instanceof vscode.FileSystemError)) throw error;
      void vscode.window.showErrorMessage(plainNotice(error.message));
    }
  }

  async #markdown(): Promise<string> {
    const { session, policy } = await this.#options.sessions.current();
    return chatToMarkdown(maskDeep(session.chat, leaving(policy.mask)));
  }
}

/** What may be read by others has neither secrets nor the name of the home folder. */
function leaving(mask: (text: string) => string): (text: string) => string {
  return (text) => withoutHome(mask(text), homedir());
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: t("Outcrop: Import Chat"),
    openLabel: t("Import"),
    filters: { [t("Outcrop chat")]: ["json"] },
  });
  return files?.[0];
}

function tellEmpty(): void {
  void vscode.window.showInformationMessage(t("Nothing was said in this chat yet."));
}
