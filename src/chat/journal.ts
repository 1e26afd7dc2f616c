import { type FileHandle, mkdir, open, readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
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
 * Appends a session to its file, in order, never in the way of the stream: what follows a delta at once is merged
 * into one record. The file is the user's alone (0600) and forced to the disk at the end of every turn.
 */
export class Journal {
  readonly #path: string;
  readonly #sessionId: string;
  #buffered: ChatEvent | undefined;
  #lines: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #file: FileHandle | undefined;
  #scheduled = false;
  #headed: boolean;

  /** `resumed`: the file exists and has its first line. */
  constructor(path: string, sessionId: string, resumed: boolean) {
    this.#path = path;
    this.#sessionId = sessionId;
    this.#headed = resumed;
  }

  event(event: ChatEvent): void {
    if (this.#buffered !== undefined) {
      const merged = mergeDeltas(this.#buffered, event);
      if (merged !== undefined) {
        this.#buffered = merged;
        return;
      }
      this.#add({ event: this.#buffered });
    }
    this.#buffered = event;
    if (!event.type.endsWith("-delta") && event.type !== "tool-output") this.#drain();
  }

  message(message: Message): void {
    this.#drain();
    this.#add({ message });
  }

  /** Resolves when everything said so far is on the disk. Rejects with the first failure to write. */
  async flush(): Promise<void> {
    this.#drain();
    await this.#writing;
    await this.#file?.sync();
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#file?.close();
      this.#file = undefined;
    }
  }

  #drain(): void {
    if (this.#buffered === undefined) return;
    const event = this.#buffered;
    this.#buffered = undefined;
    this.#add({ event });
  }

  #add(record: JournalRecord): void {
    if (!this.#headed) {
      this.#headed = true;
      this.#lines.push(serializeRecord({ journal: journalVersion, sessionId: this.#sessionId }));
    }
    this.#lines.push(serializeRecord(record));
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#writing = this.#writing.then(() => this.#write());
    // A failure is reported by flush, which every turn awaits.
    this.#writing.catch(() => undefined);
  }

  async #write(): Promise<void> {
    this.#scheduled = false;
    const text = this.#lines.splice(0).map((line) => `${line}\n`);
    if (this.#file === undefined) {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      this.#file = await open(this.#path, "a", 0o600);
    }
    await this.#file.appendFile(text.join(""));
  }
}
