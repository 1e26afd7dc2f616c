import { createHash, randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isNewChat } from "../protocol/is-new-chat.ts";
import { Journal } from "./journal.ts";
import { namesIn } from "./names-in.ts";
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

/** Ids of sessions that the windows of a workspace opened, latest first. */
export interface SessionMemory {
  recent(): readonly string[];
  update(recent: readonly string[]): Promise<void>;
}

export interface SessionFolderOptions {
  readonly path: string;
  /** Those that were shown last. */
  readonly memory: SessionMemory;
  /** Those in which nothing was said yet: a new chat is one of them that is free. Without it each has an id of its own. */
  readonly newChats?: SessionMemory;
  readonly pid: number;
  /** How long to wait for a session that another process holds: after a reload the old one may still be ending. */
  readonly patienceMs: number;
}

const mostRecent = 8;
const ending = ".jsonl";
const pollMs = 100;
const isId = /^[\w-]+$/u;

/** The name of the folder of a workspace's sessions, by the URIs of its file or of its folders: 16 hex digits. */
export function workspaceDigest(uris: readonly string[]): string {
  return createHash("sha256").update(uris.toSorted().join("\n")).digest("hex").slice(0, 16);
}

/** The sessions of one workspace on disk. Several processes may use the folder; each session belongs to one at a time. */
export class SessionFolder {
  readonly #options: SessionFolderOptions;
  /** Ids of those that are open here. */
  readonly #opened = new Set<string>();

  constructor(options: SessionFolderOptions) {
    this.#options = options;
  }

  /**
   * The session shown last that no other process holds, or a new one. Without a memory of any, the newest of the
   * folder. Throws `JournalError` where its file cannot be read.
   */
  async openCurrent(): Promise<OpenedSession> {
    const { patienceMs } = this.#options;
    const locked = await this.#lockFirst(await this.#candidates(), patienceMs);
    if (locked === undefined) return this.#openNew(patienceMs);
    await this.#remember(locked.id);
    return this.#open(locked.id, locked.release);
  }

  /** `replaced`: the session that this window showed until now, which it does not come back to. */
  openNew(replaced?: string): Promise<OpenedSession> {
    return this.#openNew(0, replaced);
  }

  /** The first prompt was sent in a session, or it was deleted: it is no new chat any more. */
  async begun(id: string): Promise<void> {
    const { newChats } = this.#options;
    const all = newChats?.recent() ?? [];
    if (all.includes(id)) await newChats?.update(all.filter((other) => other !== id));
  }

  /**
   * A session of the folder; undefined where it is not there, or another process has it. `replaced` as with `openNew`.
   * Throws `JournalError` where its file cannot be read.
   */
  async openKept(id: string, replaced?: string): Promise<OpenedSession | undefined> {
    if (!isId.test(id)) return undefined;
    const release = await lockSession(this.#path(id, ".lock"), this.#options.pid);
    if (release === undefined) return undefined;
    const opened = await this.#read(id, release);
    if (opened === undefined) await release();
    else await this.#remember(id, replaced);
    return opened;
  }

  async #open(id: string, release: Release): Promise<OpenedSession> {
    return (await this.#read(id, release)) ?? this.#begin(id, release);
  }

  /** One in which nothing was said and that nobody has open, as it was left, or a new one. */
  async #openNew(patienceMs: number, replaced?: string): Promise<OpenedSession> {
    const kept = this.#options.newChats?.recent() ?? [];
    const free = kept.filter((id) => isId.test(id) && !this.#opened.has(id));
    const locked = await this.#lockFirst(free, patienceMs);
    if (locked === undefined) return this.#begin(randomUUID(), undefined, replaced);
    const { id, release } = locked;
    const found = await this.#read(id, release).catch(() => null);
    if (found === undefined) return this.#begin(id, release, replaced);
    if (found !== null && isNewChat(found.start.chat)) {
      await this.#remember(id, replaced);
      return found;
    }
    await found?.close();
    await this.begun(id);
    return this.#openNew(patienceMs, replaced);
  }

  /** An empty session. */
  async #begin(id: string, locked: Release | undefined, replaced?: string): Promise<OpenedSession> {
    const { newChats, pid } = this.#options;
    const release = locked ?? (await lockSession(this.#path(id, ".lock"), pid));
    await this.#remember(id, replaced);
    const others = (newChats?.recent() ?? []).filter((other) => other !== id);
    await newChats?.update([id, ...others].slice(0, mostRecent));
    return this.#held(newSession(id), new Journal(this.#path(id, ending), id, false), release);
  }

  async #read(id: string, release: Release): Promise<OpenedSession | undefined> {
    try {
      const contents = await readJournal(this.#path(id, ending));
      if (contents !== undefined) {
        const journal = new Journal(this.#path(id, ending), id, true);
        return this.#held(restoreSession(contents, Date.now()), journal, release);
      }
    } catch (error) {
      await release();
      throw error;
    }
    return undefined;
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

  async #lockFirst(
    ids: readonly string[],
    patienceMs: number,
  ): Promise<{ readonly id: string; readonly release: Release } | undefined> {
    const { pid } = this.#options;
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

  #held(start: SessionStart, journal: Journal, release: Release | undefined): OpenedSession {
    const { sessionId } = start.chat;
    this.#opened.add(sessionId);
    const close = async (): Promise<void> => {
      try {
        await journal.close();
      } finally {
        await release?.();
        this.#opened.delete(sessionId);
      }
    };
    return { start, journal, close };
  }

  #path(id: string, extension: string): string {
    return join(this.#options.path, `${id}${extension}`);
  }
}

function idsOf(names: readonly string[], extension: string): readonly string[] {
  return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
}
