import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { Journal, readJournal } from "../chat/journal.ts";
import { newSession, restoreSession, type SessionStart } from "../chat/restore-session.ts";

const currentKey = "outcrop.session";

/** A session with the journal that it goes on writing. */
export interface OpenedSession {
  readonly start: SessionStart;
  readonly journal: Journal;
}

/** The sessions of this workspace on disk, in the extension's storage, never in the workspace itself. */
export class SessionShelf {
  readonly #folder: vscode.Uri;
  readonly #memory: vscode.Memento;

  constructor(context: vscode.ExtensionContext) {
    this.#folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "sessions");
    this.#memory = context.workspaceState;
  }

  /** The session that this window showed last, or a new one. Throws `JournalError` where its file cannot be read. */
  async openCurrent(): Promise<OpenedSession> {
    const sessionId = this.#memory.get<string>(currentKey);
    if (sessionId === undefined) return this.openNew();
    const path = this.#path(sessionId);
    const contents = await readJournal(path);
    if (contents === undefined) return this.openNew();
    return { start: restoreSession(contents, Date.now()), journal: new Journal(path, sessionId, true) };
  }

  async openNew(): Promise<OpenedSession> {
    const sessionId = randomUUID();
    await this.#memory.update(currentKey, sessionId);
    return { start: newSession(sessionId), journal: new Journal(this.#path(sessionId), sessionId, false) };
  }

  #path(sessionId: string): string {
    return vscode.Uri.joinPath(this.#folder, `${sessionId}.jsonl`).fsPath;
  }
}
