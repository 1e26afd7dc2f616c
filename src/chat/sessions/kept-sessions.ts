import { randomUUID } from "node:crypto";
import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import { hasCode } from "../has-code.ts";
import { Journal } from "../journal.ts";
import { type JournalRecord, parseRecord, serializeRecord } from "../journal-schema.ts";
import { journalVersion, versionOf } from "../journal-versions.ts";
import { lockSession } from "../session-lock.ts";

/** Sessions on the disk of which nothing runs in this window: what is done to them without opening them. */
export class KeptSessions {
  readonly #folder: string;
  readonly #pid: number;

  constructor({ folder, pid }: { readonly folder: string; readonly pid: number }) {
    this.#folder = folder;
    this.#pid = pid;
  }

  /** Its records in order, without those that cannot be read; undefined where there is no such session. */
  async read(id: string): Promise<readonly JournalRecord[] | undefined> {
    try {
      const lines = (await readFile(this.#path(id), "utf8")).split("\n").slice(0, -1);
      const version = versionOf(lines[0] ?? "");
      return lines.flatMap((line) => recordOf(line, version) ?? []);
    } catch (error) {
      if (hasCode(error, "ENOENT")) return undefined;
      throw error;
    }
  }

  /** Adds what happened to it. False, and nothing done, where another window has it or it is not there. */
  add(id: string, event: ChatEvent): Promise<boolean> {
    return this.#alone(id, async () => {
      if (!(await cutTorn(this.#path(id)))) return false;
      const journal = new Journal(this.#path(id), id, true);
      journal.event(event);
      await journal.close();
      return true;
    });
  }

  /** Deletes it for good. False, and nothing done, where another window has it. */
  remove(id: string): Promise<boolean> {
    return this.#alone(id, async () => {
      for (const rest of ["", ".damaged", ".mended"]) await rm(`${this.#path(id)}${rest}`, { force: true });
      return true;
    });
  }

  /** A new session with these records. @returns its id */
  async create(records: readonly JournalRecord[]): Promise<string> {
    const sessionId = randomUUID();
    const lines = [{ journal: journalVersion, sessionId } as const, ...records.filter((each) => !("journal" in each))];
    const text = lines.map((each) => `${serializeRecord(each)}\n`).join("");
    await writeFile(this.#path(sessionId), text, { mode: 0o600, flag: "wx", flush: true });
    return sessionId;
  }

  async #alone(id: string, change: () => Promise<boolean>): Promise<boolean> {
    const release = await lockSession(join(this.#folder, `${id}.lock`), this.#pid);
    if (release === undefined) return false;
    try {
      return await change();
    } finally {
      await release();
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.jsonl`);
  }
}

/** Cuts off half a line that a killed process left, so that the next does not follow it. False where no line is left. */
async function cutTorn(path: string): Promise<boolean> {
  try {
    const bytes = await readFile(path);
    const whole = bytes.lastIndexOf("\n") + 1;
    if (whole > 0 && whole < bytes.length) await truncate(path, whole);
    return whole > 0;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

function recordOf(line: string, version: number | undefined): JournalRecord | undefined {
  try {
    return parseRecord(line, version);
  } catch {
    return undefined;
  }
}
