import * as vscode from "vscode";
import { type OpenedSession, SessionFolder, type SessionMemory, workspaceDigest } from "../chat/session-folder.ts";

export type { OpenedSession } from "../chat/session-folder.ts";

const recentKey = "outcrop.sessions";
const newChatsKey = "outcrop.newChats";
const patienceMs = 1500;

/**
 * The sessions of this workspace on disk, in the extension's global storage: VS Code gives a second window on the same
 * folder another `storageUri`, in which the first one's sessions would be missing.
 */
export class SessionShelf {
  /** The path of the folder with this workspace's sessions. */
  readonly folder: string;
  readonly #sessions: SessionFolder;

  constructor({ globalStorageUri, workspaceState }: vscode.ExtensionContext) {
    this.folder = vscode.Uri.joinPath(globalStorageUri, "sessions", workspaceDigest(workspaceUris())).fsPath;
    this.#sessions = new SessionFolder({
      path: this.folder,
      pid: process.pid,
      patienceMs,
      memory: idsIn(workspaceState, recentKey),
      newChats: idsIn(workspaceState, newChatsKey),
    });
  }

  /** The session that this window showed last, or a new one. Throws `JournalError` where its file cannot be read. */
  openCurrent(): Promise<OpenedSession> {
    return this.#sessions.openCurrent();
  }

  /** One in which nothing was said yet, with what is in its composer. `replaced`: the id of the session whose place it takes. */
  openNew(replaced?: string): Promise<OpenedSession> {
    return this.#sessions.openNew(replaced);
  }

  /** The first prompt was sent in a session, or it was deleted. */
  begun(id: string): Promise<void> {
    return this.#sessions.begun(id);
  }

  /** Undefined where it is not there, or another window has it. Throws `JournalError` where its file cannot be read. */
  openKept(id: string, replaced?: string): Promise<OpenedSession | undefined> {
    return this.#sessions.openKept(id, replaced);
  }
}

function idsIn(memory: vscode.Memento, key: string): SessionMemory {
  return {
    recent: () => memory.get<readonly string[]>(key, []),
    update: async (ids) => memory.update(key, ids),
  };
}

function workspaceUris(): readonly string[] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return workspaceFile === undefined ? workspaceFolders.map(({ uri }) => uri.toString()) : [workspaceFile.toString()];
}
