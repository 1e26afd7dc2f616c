import * as vscode from "vscode";
import { type OpenedSession, SessionFolder, workspaceDigest } from "../chat/session-folder.ts";

export type { OpenedSession } from "../chat/session-folder.ts";

const recentKey = "outcrop.sessions";
const patienceMs = 1500;

/**
 * The sessions of this workspace on disk, in the extension's global storage: VS Code gives a second window on the same
 * folder another `storageUri`, in which the first one's sessions would be missing.
 */
export class SessionShelf {
  readonly #sessions: SessionFolder;

  constructor({ globalStorageUri, workspaceState }: vscode.ExtensionContext) {
    this.#sessions = new SessionFolder({
      path: vscode.Uri.joinPath(globalStorageUri, "sessions", workspaceDigest(workspaceUris())).fsPath,
      pid: process.pid,
      patienceMs,
      memory: {
        recent: () => workspaceState.get<readonly string[]>(recentKey, []),
        update: async (recent) => workspaceState.update(recentKey, recent),
      },
    });
  }

  /** The session that this window showed last, or a new one. Throws `JournalError` where its file cannot be read. */
  openCurrent(): Promise<OpenedSession> {
    return this.#sessions.openCurrent();
  }

  /** `replaced`: the id of the session that the new one takes the place of. */
  openNew(replaced?: string): Promise<OpenedSession> {
    return this.#sessions.openNew(replaced);
  }
}

function workspaceUris(): readonly string[] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return workspaceFile === undefined ? workspaceFolders.map(({ uri }) => uri.toString()) : [workspaceFile.toString()];
}
