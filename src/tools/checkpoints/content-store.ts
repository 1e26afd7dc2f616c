import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const contentName = /^[0-9a-f]{62}$/u;
/** Another window may have put a content there that its log does not name yet. */
const youngMs = 24 * 60 * 60_000;

/** The content is gone, or is not what was put there. */
export class ContentLost extends Error {
  override readonly name = "ContentLost";
}

/** Contents of files by their SHA-256, each once, in a folder that several windows may use. Readable by the user alone. */
export class ContentStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Answers the content's SHA-256. */
  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const path = this.#path(sha256);
    const now = new Date();
    const isThere = await utimes(path, now, now).then(
      () => true,
      () => false,
    );
    if (isThere) return sha256;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      await writeFile(temporary, bytes, { mode: 0o600, flag: "wx" });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return sha256;
  }

  /** Throws `ContentLost`. */
  async get(sha256: string): Promise<Uint8Array> {
    const bytes = await readFile(this.#path(sha256)).catch(() => undefined);
    if (bytes === undefined || createHash("sha256").update(bytes).digest("hex") !== sha256) {
      throw new ContentLost("The kept content of the file is gone from Outcrop's storage.");
    }
    return bytes;
  }

  /** Removes what is not needed any more, but for what was put there within the last day. */
  async prune(needed: ReadonlySet<string>, now: number): Promise<void> {
    for (const start of await namesIn(this.#folder)) {
      for (const rest of await namesIn(join(this.#folder, start))) {
        const path = join(this.#folder, start, rest);
        if (contentName.test(rest) && needed.has(start + rest)) continue;
        const age = await stat(path).then(
          ({ mtimeMs }) => now - mtimeMs,
          () => 0,
        );
        if (age > youngMs) await rm(path, { force: true });
      }
    }
  }

  #path(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256.slice(2));
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
