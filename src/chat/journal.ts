import { appendFileSync, closeSync, fsync, mkdirSync, openSync } from "node:fs";
import { readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { type JournalRecord, journalVersion, parseRecord, serializeRecord } from "./journal-schema.ts";
import { mergeDeltas } from "./merge-deltas.ts";

/** A session as its journal has it. */
export interface JournalContents {
  readonly sessionId: string;
  readonly messages: readonly Message[];
  readonly events: readonly ChatEvent[];
}

/** A journal that cannot be read: the message says which line and why. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/**
 * Reads a journal. A last line without its end is what a killed process leaves behind and is cut off; any other line
 * that is no record throws `JournalError`. Undefined where there is no such file.
 */
export async function readJournal(path: string): Promise<JournalContents | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  const torn = lines.pop() ?? "";
  if (torn !== "") await truncate(path, Buffer.byteLength(text) - Buffer.byteLength(torn));
  const messages: Message[] = [];
  const events: ChatEvent[] = [];
  let sessionId: string | undefined;
  for (const [index, line] of lines.entries()) {
    const record = parseLine(path, index, line);
    if ("message" in record) messages.push(record.message);
    else if ("event" in record) events.push(record.event);
    else sessionId = record.sessionId;
  }
  if (sessionId === undefined) {
    if (lines.length === 0) return undefined;
    throw new JournalError(`${path}: not an Outcrop session, its first line names no session.`);
  }
  return { sessionId, messages, events };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function parseLine(path: string, index: number, line: string): JournalRecord {
  try {
    return parseRecord(line);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new JournalError(`${path}, line ${index + 1}: not a record of a session (${reason}).`, { cause: error });
  }
}

/**
 * Appends a session to its file, in order; what follows a delta at once is merged into one record. The file is the
 * user's alone (0600) and forced to the disk at the end of every turn.
 */
export class Journal {
  readonly #path: string;
  readonly #sessionId: string;
  #buffered: ChatEvent | undefined;
  #lines: string[] = [];
  #file: number | undefined;
  #headed: boolean;

  /** `resumed`: the file exists and has its first line. */
  constructor(path: string, sessionId: string, resumed: boolean) {
    this.#path = path;
    this.#sessionId = sessionId;
    this.#headed = resumed;
  }

  event(event: ChatEvent): void {
    // Live output is for the screen of the moment; what a call ended with is in its result.
    if (event.type === "tool-output") return;
    if (this.#buffered !== undefined) {
      const merged = mergeDeltas(this.#buffered, event);
      if (merged !== undefined) {
        this.#buffered = merged;
        return;
      }
      this.#add({ event: this.#buffered });
    }
    this.#buffered = event;
    if (!event.type.endsWith("-delta")) this.#drain();
  }

  message(message: Message): void {
    this.#drain();
    this.#add({ message });
  }

  /** Forces everything said so far to the disk. Rejects with the failure to write it. */
  async flush(): Promise<void> {
    this.#drain();
    if (this.#lines.length > 0) this.#write();
    if (this.#file !== undefined) await sync(this.#file);
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      if (this.#file !== undefined) closeSync(this.#file);
      this.#file = undefined;
    }
  }

  #drain(): void {
    if (this.#buffered === undefined) return;
    const event = this.#buffered;
    this.#buffered = undefined;
    this.#add({ event });
  }

  /**
   * Written before anything else happens, so that a process that is killed after it announced a step has it on file. A
   * record takes some 25 µs; deltas are merged, so a step makes about ten. What cannot be written is tried again with
   * the next record, and with the flush at the turn's end, which reports it.
   */
  #add(record: JournalRecord): void {
    this.#lines.push(`${serializeRecord(record)}\n`);
    try {
      this.#write();
    } catch {
      // The flush tries again and reports it.
    }
  }

  #write(): void {
    this.#file ??= this.#open();
    appendFileSync(this.#file, this.#lines.join(""));
    this.#lines = [];
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = openSync(this.#path, "a", 0o600);
    if (!this.#headed) {
      this.#headed = true;
      this.#lines.unshift(`${serializeRecord({ journal: journalVersion, sessionId: this.#sessionId })}\n`);
    }
    return file;
  }
}

const sync = promisify(fsync);
