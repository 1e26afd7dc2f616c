import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import type { ContentStore } from "./content-store.ts";
import { type KeptFile, missing } from "./kept-file.ts";

/** Larger files are not kept. */
const MOST_KEPT_BYTES = 5_000_000;
/** Of larger files not even the bytes are read to tell whether they changed. */
const MOST_READ_BYTES = 64_000_000;
/** What was read before is put into the store anew: another window may clean up there what no log names within a day. */
const FRESH_MS = 12 * 60 * 60_000;

/** The coarsest clock of a file system: that of FAT. */
const TICK_MS = 2000;
const NEW_FILE_MODE = 0o644;

/** What tells without a look at the bytes that a file is still the same. */
interface Seen {
  readonly stamp: string;
  readonly kept: KeptFile;
  readonly readAt: number;
}

export interface FileKeeperOptions {
  readonly store: ContentStore;
  /** Told by an absolute path: such files are never copied. */
  readonly isSecret: (path: string) => boolean;
  /** Left out: the clock of the machine. */
  readonly now?: () => number;
}

/** Keeps files as they are now, and remembers what it has read, so that an unchanged file is not read again. */
export class FileKeeper {
  readonly #options: FileKeeperOptions;
  readonly #seen = new Map<string, Seen>();

  constructor(options: FileKeeperOptions) {
    this.#options = options;
  }

  /** Undefined = something that is no regular file. What cannot be read counts as marked by when it changed. */
  async keep(path: string): Promise<KeptFile | undefined> {
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined) {
      this.#seen.delete(path);
      return missing;
    }
    if (!stats.isFile()) return undefined;
    const stamp = stampOf(stats);
    const seen = this.#seen.get(path);
    const now = (this.#options.now ?? Date.now)();
    if (seen?.stamp === stamp && now - seen.readAt < FRESH_MS) return seen.kept;
    const kept = await this.#read(path, stats);
    // Another write within the same tick of the file system's clock would leave the same stamp.
    if (Math.abs(now - stats.ctimeMs) < TICK_MS) this.#seen.delete(path);
    else this.#seen.set(path, { stamp, kept, readAt: now });
    return kept;
  }

  /** Keeps what an editor has of a file, as if it were saved. */
  async keepText(path: string, bytes: Uint8Array): Promise<KeptFile> {
    const size = bytes.length;
    if (size > MOST_KEPT_BYTES || this.#options.isSecret(path)) {
      return { kind: "marked", mark: `sha256 ${createHash("sha256").update(bytes).digest("hex")}`, size };
    }
    const mode = (await lstat(path).catch(() => undefined))?.mode ?? NEW_FILE_MODE;
    return { kind: "kept", sha256: await this.#options.store.put(bytes), size, mode: mode & 0o777 };
  }

  async #read(path: string, { size, mtimeMs }: Stats): Promise<KeptFile> {
    const dated: KeptFile = { kind: "marked", mark: `changed ${mtimeMs}`, size };
    if (size > MOST_READ_BYTES) return dated;
    const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
    if (handle === undefined) return dated;
    try {
      if (size > MOST_KEPT_BYTES || this.#options.isSecret(path)) {
        return { kind: "marked", mark: await hashOf(handle), size };
      }
      const bytes = await handle.readFile();
      const { mode } = await handle.stat();
      const sha256 = await this.#options.store.put(bytes);
      return { kind: "kept", sha256, size: bytes.length, mode: mode & 0o777 };
    } finally {
      await handle.close();
    }
  }
}

/** A write changes the size, the inode or the time of the inode's change. */
function stampOf({ ino, size, mtimeMs, ctimeMs, mode }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs, mode].join(" ");
}

async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk);
  return `sha256 ${hash.digest("hex")}`;
}
