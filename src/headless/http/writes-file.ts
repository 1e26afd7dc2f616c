import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { OpenWrites } from "../../tools/http/idempotency-keys.ts";

/** The writes of a session whose outcome is not known, in a file that is there only while there are any. */
export class WritesFile implements OpenWrites {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async load(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#path, "utf8"));
    } catch {
      return undefined;
    }
  }

  async save(writes: unknown): Promise<void> {
    if (Array.isArray(writes) && writes.length === 0) return rm(this.#path, { force: true });
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const written = `${this.#path}.${process.pid}`;
    await writeFile(written, JSON.stringify(writes), { mode: 0o600, flush: true });
    await rename(written, this.#path);
  }
}
