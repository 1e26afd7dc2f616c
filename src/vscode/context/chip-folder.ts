import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../../chat/has-code.ts";
import { type Chip, type KeptChip, parseChips, serializeChips } from "./kept-chips.ts";

export interface ChipFolderOptions {
  readonly path: string;
  readonly mask: (text: string) => string;
  readonly report: (error: unknown) => void;
}

/** What is attached in each chat, a file each, the user's alone (0600). Of writes of one name the last one counts. */
export class ChipFolder {
  readonly #options: ChipFolderOptions;
  readonly #latest = new Map<string, readonly Chip[]>();
  readonly #writing = new Map<string, Promise<void>>();
  /** Names of which more is attached than is on the disk. */
  readonly #partly = new Set<string>();

  constructor(options: ChipFolderOptions) {
    this.#options = options;
  }

  async read(name: string): Promise<readonly KeptChip[]> {
    await this.#writing.get(name);
    const text = await readFile(this.#path(name), "utf8").catch((error: unknown) => {
      if (hasCode(error, "ENOENT")) return "[]";
      throw error;
    });
    return parseChips(text);
  }

  write(name: string, chips: readonly Chip[]): void {
    this.#latest.set(name, chips);
    const before = this.#writing.get(name) ?? Promise.resolve();
    this.#writing.set(name, before.then(() => this.#put(name, chips)).catch(this.#options.report));
  }

  /** All that is attached there is on the disk, to the letter. */
  isWhole(name: string): boolean {
    return !this.#latest.has(name) && !this.#partly.has(name);
  }

  /** Resolves when everything is on the disk. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  async #put(name: string, chips: readonly Chip[]): Promise<void> {
    if (this.#latest.get(name) !== chips) return;
    this.#latest.delete(name);
    this.#partly.add(name);
    const { text, isWhole } = serializeChips(chips, this.#options.mask);
    await this.#replace(this.#path(name), text);
    if (isWhole) this.#partly.delete(name);
  }

  async #replace(path: string, text: string | undefined): Promise<void> {
    // What a killed write has left is nobody's.
    if (text === undefined)
      return void (await Promise.all([path, `${path}.new`].map((each) => rm(each, { force: true }))));
    await mkdir(this.#options.path, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  #path(name: string): string {
    if (!/^[\w-]+$/u.test(name)) throw new Error("The name of a chat has letters, digits and hyphens.");
    return join(this.#options.path, `${name}.json`);
  }
}
