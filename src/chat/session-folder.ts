import { createHash, randomUUID } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { hasCode } from "./has-code.ts";
import { Journal } from "./journal.ts";
import { readJournal } from "./read-journal.ts";
import { newSession, restoreSession, type SessionStart } from "./restore-session.ts";
import { abandonedSince, lockSession, type Release } from "./session-lock.ts";

/** A session with the journal that it goes on writing. No other process writes it until `close`. */
export interface OpenedSession {
  readonly start: SessionStart;
  readonly journal: Journal;
  /** Resolves when everything is on the disk. Rejects with the first failure to write. */
  readonly close: () => Promise<void>;
}

/** The ids of the sessions that the windows of a workspace showed last, latest first. */
export interface SessionMemory {
  recent(): readonly string[];
  update(recent: readonly string[]): Promise<void>;
}

export interface SessionFolderOptions {
  readonly path: string;
  readonly memory: SessionMemory;
  readonly pid: number;
  /** How long to wait for a session that another process holds: after a reload the old one may still be ending. */
  readonly patienceMs: number;
}

const mostRecent = 8;
const ending = ".jsonl";
const pollMs = 100;

/** The name of the folder of a workspace's sessions, by the URIs of its file or of its folders: 16 hex digits. */
export function workspaceDigest(uris: readonly string[]): string {
  return createHash("sha256").update(uris.toSorted().join("\n")).digest("hex").slice(0, 16);
}

/** The sessions of one workspace on disk. Several processes may use the folder; each session belongs to one at a time. */
export class SessionFolder {
  readonly #options: SessionFolderOptions;

  constructor(options: SessionFolderOptions) {
    this.#options = options;
  }

  /**
   * The session shown last that no other process holds, or a new one. Without a memory of any, the newest of the
   * folder. Throws `JournalError` where its file cannot be read.
   */
  async openCurrent(): Promise<OpenedSession> {
    const locked = await this.#lockFirst(await this.#candidates());
    if (locked === undefined) return this.openNew();
    await this.#remember(locked.id);
    return this.#open(locked.id, locked.release);
  }

  /** `replaced`: the session that this window showed until now, which it does not come back to. */
  async openNew(replaced?: string): Promise<OpenedSession> {
    const id = randomUUID();
    const release = await lockSession(this.#path(id, ".lock"), this.#options.pid);
    await this.#remember(id, replaced);
    return opened(newSession(id), new Journal(this.#path(id, ending), id, false), release);
  }

  async #open(id: string, release: Release): Promise<OpenedSession> {
    try {
      const contents = await readJournal(this.#path(id, ending));
      if (contents !== undefined) {
        const journal = new Journal(this.#path(id, ending), id, true);
        return opened(restoreSession(contents, Date.now()), journal, release);
      }
    } catch (error) {
      await release();
      throw error;
    }
    await release();
    return this.openNew(id);
  }

  async #candidates(): Promise<readonly string[]> {
    const newestFirst = await this.#listed();
    const recent = this.#options.memory.recent();
    // A remembered session without a file is an empty one: it stays empty.
    const shown = recent.length > 0 ? recent.filter((id) => newestFirst.includes(id)) : newestFirst.slice(0, 1);
    return [...(await this.#forgotten(recent)), ...shown];
  }

  /** The chat that a killed process had just begun: VS Code keeps its memory a moment later, and had not come to it. */
  async #forgotten(remembered: readonly string[]): Promise<readonly string[]> {
    const ids = idsOf(await namesIn(this.#options.path), ".lock").filter((id) => !remembered.includes(id));
    const dated = await Promise.all(ids.map(async (id) => ({ id, at: await abandonedSince(this.#path(id, ".lock")) })));
    const left = dated.flatMap(({ id, at }) => (at === undefined ? [] : [{ id, at }]));
    return left
      .toSorted((one, other) => other.at - one.at)
      .map(({ id }) => id)
      .slice(0, 1);
  }

  async #remember(id: string, replaced?: string): Promise<void> {
    const { memory } = this.#options;
    const recent = memory.recent();
    if (recent[0] === id) return;
    const others = recent.filter((other) => other !== id && other !== replaced);
    await memory.update([id, ...others].slice(0, mostRecent));
  }

  async #lockFirst(ids: readonly string[]): Promise<{ readonly id: string; readonly release: Release } | undefined> {
    const { pid, patienceMs } = this.#options;
    for (let waited = 0; ids.length > 0; waited += pollMs) {
      for (const id of ids) {
        const release = await lockSession(this.#path(id, ".lock"), pid);
        if (release !== undefined) return { id, release };
      }
      if (waited >= patienceMs) return undefined;
      await delay(pollMs);
    }
    return undefined;
  }

  /** Ids of the journals, newest first. */
  async #listed(): Promise<readonly string[]> {
    const ids = idsOf(await namesIn(this.#options.path), ending);
    const dated = await Promise.all(ids.map(async (id) => ({ id, at: (await stat(this.#path(id, ending))).mtimeMs })));
    return dated.toSorted((one, other) => other.at - one.at).map(({ id }) => id);
  }

  #path(id: string, extension: string): string {
    return join(this.#options.path, `${id}${extension}`);
  }
}

function opened(start: SessionStart, journal: Journal, release: Release | undefined): OpenedSession {
  const close = async (): Promise<void> => {
    try {
      await journal.close();
    } finally {
      await release?.();
    }
  };
  return { start, journal, close };
}

function idsOf(names: readonly string[], extension: string): readonly string[] {
  return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}
