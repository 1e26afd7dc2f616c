import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TextStream } from "../tools/files-guard.ts";
import { LineWrap } from "../tools/results/line-wrap.ts";
import type { KeepWhole } from "../tools/results/whole-results.ts";
import type { OutputKeeper } from "../tools/running/running-program.ts";
import { sliceText } from "../tools/slice-text.ts";

/** Characters that every result holds: what prints no more needs no file. */
const KEPT_FROM = 24_000;
/** Of one program. */
const MOST_CHARACTERS = 10_000_000;
/** Of all sessions together; the oldest files go first. */
const MOST_BYTES = 200_000_000;

/** Where the outputs of a session are, below the folder for what Outcrop keeps. */
export function outputFolder(storage: string, session: string): string {
  return join(storage, "outputs", createHash("sha256").update(session).digest("hex").slice(0, 32));
}

/** Keeps what the programs of a session print on the disk, with secrets masked before anything is written. */
export class OutputFiles {
  readonly #folder: string;
  readonly #maskStream: () => TextStream;

  constructor(folder: string, maskStream: () => TextStream) {
    this.#folder = folder;
    this.#maskStream = maskStream;
  }

  /** Nothing is written before it is known that a result may not hold it. */
  readonly open = (id: string): OutputKeeper => new OutputFile(join(this.#folder, `${id}.txt`), this.#maskStream());
}

/** Keeps results of tools, which are masked and bounded already, in the folder of a session's outputs. */
export function keepResultsIn(folder: string): KeepWhole {
  return async (text) => {
    const path = join(folder, `result-${randomBytes(4).toString("hex")}.txt`);
    try {
      await using file = await create(path);
      await file.writeFile(text);
      return whereText("The whole result", path);
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined);
      return lostText("result", error instanceof Error ? error.message : String(error));
    }
  };
}

function whereText(what: string, path: string): string {
  return `${what} is in ${path}; read_file reads any lines of it.`;
}

function lostText(what: string, problem: string): string {
  return `The whole ${what} could not be kept: ${problem}`;
}

class OutputFile implements OutputKeeper {
  readonly #path: string;
  readonly #mask: TextStream;
  readonly #wrap = new LineWrap();
  /** Masked, not yet written. */
  #held = "";
  #size = 0;
  #isFull = false;
  #file: Promise<FileHandle> | undefined;
  #written: Promise<unknown> = Promise.resolve();
  #problem: string | undefined;

  constructor(path: string, mask: TextStream) {
    this.#path = path;
    this.#mask = mask;
  }

  push(text: string): void {
    if (!this.#isFull) this.#add(this.#mask.push(text));
  }

  async close(): Promise<void> {
    if (!this.#isFull) this.#add(this.#mask.finish());
    this.#isFull = true;
    await this.#written;
    await (await this.#file?.catch(() => undefined))?.close();
  }

  async note(): Promise<string> {
    await this.#written;
    if (this.#problem !== undefined) return `(${lostText("output", this.#problem)})`;
    if (this.#file === undefined) return "";
    const whole = this.#size > MOST_CHARACTERS ? "The beginning of the output" : "The whole output";
    return `(${whereText(whole, this.#path)})`;
  }

  #add(text: string): void {
    const part = sliceText(text, 0, Math.max(0, MOST_CHARACTERS - this.#size));
    this.#size += text.length;
    this.#isFull = this.#size > MOST_CHARACTERS;
    const lines = this.#wrap.push(part);
    this.#held += this.#isFull ? `${lines}\n… (more was printed than is kept) …\n` : lines;
    if (this.#size <= KEPT_FROM || this.#held === "") return;
    const taken = this.#held;
    this.#held = "";
    this.#written = this.#written
      .then(() => this.#write(taken))
      .catch((error: unknown) => {
        this.#problem = error instanceof Error ? error.message : String(error);
      });
  }

  async #write(text: string): Promise<void> {
    this.#file ??= create(this.#path);
    await (await this.#file).appendFile(text);
  }
}

/** For the user alone. */
async function create(path: string): Promise<FileHandle> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOldest(dirname(folder));
  return open(path, "wx", 0o600);
}

async function removeOldest(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const entry = await stat(path).catch(() => undefined);
      return entry?.isFile() === true ? [{ path, size: entry.size, at: entry.mtimeMs }] : [];
    }),
  );
  let left = MOST_BYTES;
  for (const { path, size } of files.flat().toSorted((one, other) => other.at - one.at)) {
    left -= size;
    if (left < 0) await rm(path, { force: true });
  }
}
