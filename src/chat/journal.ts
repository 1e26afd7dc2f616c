import { appendFileSync, closeSync, fstatSync, fsync, ftruncateSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { type JournalRecord, serializeRecord } from "./journal-schema.ts";
import { journalVersion } from "./journal-versions.ts";
import { mergeDeltas } from "./merge-deltas.ts";
import type { Prompt } from "./prompt.ts";

/** Running text is on file after so long, or after so many characters, so that a killed process loses little. */
const longestHeldMs = 1_000;
const mostHeld = 4_096;

/**
 * Appends a session to its file, in order; deltas that follow each other within a second are merged into one record.
 * The file is the user's alone (0600) and forced to the disk at the end of every turn.
 */
export class Journal {
  readonly #path: string;
  readonly #sessionId: string;
  #buffered: ChatEvent | undefined;
  /** Characters of the deltas in `#buffered`. */
  #held = 0;
  #timer: NodeJS.Timeout | undefined;
  #lines: string[] = [];
  #file: number | undefined;
  /** Bytes of the file up to which its records are whole. */
  #size = 0;
  #headed: boolean;

  /** `resumed`: the file exists and has its first line. */
  constructor(path: string, sessionId: string, resumed: boolean) {
    this.#path = path;
    this.#sessionId = sessionId;
    this.#headed = resumed;
  }

  event(event: ChatEvent): void {
    // Live output is for the screen of the moment; what a call ended with is in its result.
    if (event.type === "tool-output" || event.type === "tool-still-running") return;
    const merged = this.#buffered === undefined ? undefined : mergeDeltas(this.#buffered, event);
    if (merged === undefined) this.#drain();
    this.#buffered = merged ?? event;
    this.#held += lengthOfDelta(event);
    if (!event.type.endsWith("-delta") || this.#held >= mostHeld) this.#drain();
    else this.#timer ??= setTimeout(() => this.#drain(), longestHeldMs).unref();
  }

  message(message: Message): void {
    this.#drain();
    this.#add({ message });
  }

  /** All of a prompt that waits for the turn that runs. */
  prompt(id: string, prompt: Prompt): void {
    this.#drain();
    this.#add({ queued: id, prompt });
  }

  /** Content from outside the workspace has come into the conversation. */
  untrusted(): void {
    this.#drain();
    this.#add({ untrusted: true });
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#buffered === undefined) return;
    const event = this.#buffered;
    this.#buffered = undefined;
    this.#held = 0;
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

  /** A full disk may take half of a record: it is taken back first, so that what is tried again does not follow it. */
  #write(): void {
    this.#file ??= this.#open();
    if (fstatSync(this.#file).size > this.#size) ftruncateSync(this.#file, this.#size);
    const bytes = Buffer.from(this.#lines.join(""));
    try {
      appendFileSync(this.#file, bytes);
    } catch (error) {
      ftruncateSync(this.#file, this.#size);
      throw error;
    }
    this.#size += bytes.length;
    this.#lines = [];
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = openSync(this.#path, "a", 0o600);
    this.#size = fstatSync(file).size;
    if (!this.#headed) {
      this.#headed = true;
      this.#lines.unshift(`${serializeRecord({ journal: journalVersion, sessionId: this.#sessionId })}\n`);
    }
    return file;
  }
}

const sync = promisify(fsync);

function lengthOfDelta(event: ChatEvent): number {
  switch (event.type) {
    case "text-delta":
    case "reasoning-delta":
      return event.text.length;
    case "tool-input-delta":
      return event.fragment.length;
  }
  return 0;
}
