import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Redactor } from "../redaction/redactor.ts";
import { auditFileName, chainName, headFileName, pruneAuditFiles } from "./audit-files.ts";
import { type AuditEntry, type AuditRecord, type DecisionEntry, firstHash, hashLine } from "./audit-record.ts";

/** The log cannot be written: no tool runs. */
export class AuditUnavailable extends Error {
  override readonly name = "AuditUnavailable";
}

export interface AuditLogOptions {
  /** In the extension's own storage; made where it is absent. */
  readonly folder: string;
  readonly redactor: Redactor;
  readonly now?: () => Date;
  /** Bytes of one file. */
  readonly fileBytes?: number;
  /** Files of that size that are kept, of all windows together. */
  readonly files?: number;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly part: number;
  /** Bytes of complete lines. */
  size: number;
}

/**
 * What was decided and done, one JSON line each, every line with the hash of the one before. A window writes a chain of
 * its own, so that no window waits for another's lock; the chain goes on over the files of the window. Next to it a head
 * names the last line, which is how a cut-off end is noticed.
 */
export class AuditLog {
  readonly #folder: string;
  readonly #redactor: Redactor;
  readonly #now: () => Date;
  readonly #fileBytes: number;
  readonly #files: number;
  readonly #chain: string;
  #open: OpenFile | undefined;
  #part = 0;
  #seq = 0;
  #hash = firstHash;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ folder, redactor, now = () => new Date(), fileBytes = 10_000_000, files = 5 }: AuditLogOptions) {
    this.#folder = folder;
    this.#redactor = redactor;
    this.#now = now;
    this.#fileBytes = fileBytes;
    this.#files = files;
    this.#chain = chainName(now(), randomBytes(4).toString("hex"));
  }

  /** Resolves when the entry is on the disk, in the order of the calls. Rejects with `AuditUnavailable`. */
  append(entry: AuditEntry): Promise<AuditRecord> {
    const written = this.#last.then(() => this.#write(entry));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#open?.handle.close();
    this.#open = undefined;
  }

  async #write(entry: AuditEntry): Promise<AuditRecord> {
    try {
      const record = this.#record(entry);
      const line = JSON.stringify(record);
      const file = await this.#fileFor(Buffer.byteLength(line) + 1);
      await appendLine(file, line);
      this.#seq = record.seq;
      this.#hash = hashLine(line);
      await this.#writeHead();
      return record;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AuditUnavailable(`E_AUDIT: the audit log cannot be written, so no tool runs: ${reason}`, {
        cause: error,
      });
    }
  }

  #record(entry: AuditEntry): AuditRecord {
    const link = { seq: this.#seq + 1, time: this.#now().toISOString(), prevHash: this.#hash };
    switch (entry.event) {
      case "decision":
        return {
          ...link,
          ...entry,
          targets: entry.targets.map((target) => this.#redactor.redact(target)),
          labels: entry.labels.map((label) => this.#redactor.redact(label)),
          by: this.#by(entry.by),
        };
      case "outcome":
      case "cost":
      case "permissions":
        return { ...link, ...entry };
    }
  }

  /** The text of a rule may name what was secret when it was made. */
  #by(by: DecisionEntry["by"]): DecisionEntry["by"] {
    return by.startsWith("rule:") ? `rule:${this.#redactor.redact(by.slice("rule:".length))}` : by;
  }

  async #fileFor(bytes: number): Promise<OpenFile> {
    const current = this.#open;
    if (current !== undefined) {
      const { nlink } = await current.handle.stat();
      if (nlink > 0 && current.size + bytes <= this.#fileBytes) return current;
      this.#open = undefined;
      await current.handle.close();
    }
    this.#open = await this.#nextFile();
    return this.#open;
  }

  /** Made anew, never an existing file and never through a link. */
  async #nextFile(): Promise<OpenFile> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const part = this.#part + 1;
    const name = auditFileName(this.#chain, part);
    const handle = await open(
      join(this.#folder, name),
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND,
      0o600,
    );
    this.#part = part;
    await pruneAuditFiles(this.#folder, this.#fileBytes * (this.#files - 1), { name, chain: this.#chain, part });
    return { handle, part, size: 0 };
  }

  /** After the line, so that a killed process leaves a head that is at most one line behind. */
  async #writeHead(): Promise<void> {
    const path = join(this.#folder, headFileName(this.#chain));
    await writeFile(`${path}.new`, `${JSON.stringify({ seq: this.#seq, hash: this.#hash })}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}

/** A line that could only be written in part is taken back, so that the next one does not follow a torn one. */
async function appendLine(file: OpenFile, line: string): Promise<void> {
  try {
    await file.handle.appendFile(`${line}\n`);
    await file.handle.datasync();
    file.size += Buffer.byteLength(line) + 1;
  } catch (error) {
    await file.handle.truncate(file.size).catch(() => undefined);
    throw error;
  }
}
