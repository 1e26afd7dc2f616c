import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";
import { foldName } from "./fold-name.ts";

const IGNORE_FILE_NAME = ".outcropignore";
const MOST_BYTES = 1_000_000;
/** Stands for whatever a folder holds. */
const ANY_NAME = "\u0001";

/**
 * The ignore file of one open folder, read again when it changed. A file that is gone, cannot be read or is no list of
 * patterns changes nothing: the last good rules stay.
 */
export class IgnoreFile {
  readonly #path: string;
  #rules: Ignore | undefined;
  #text: Uint8Array | undefined;
  #seen = "";

  constructor(folder: string) {
    this.#path = join(folder, IGNORE_FILE_NAME);
  }

  /** `way` is relative to the folder, with `/`. Letter case and Unicode composition do not count. */
  async isIgnored(way: string, isFolder: boolean): Promise<boolean> {
    await this.#refresh();
    return this.#rules !== undefined && lists(this.#rules, way, isFolder);
  }

  /** The rules as they are now, for many files: what they remember of them goes with the answer. */
  async current(): Promise<(way: string) => boolean> {
    await this.#refresh();
    if (this.#text === undefined) return () => false;
    const rules = parseRules(this.#text);
    return (way) => lists(rules, way, false);
  }

  async #refresh(): Promise<void> {
    try {
      const stats = await lstat(this.#path, { bigint: true });
      const version = `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
      if (version === this.#seen || !stats.isFile() || stats.size > MOST_BYTES) return;
      const text = await readFile(this.#path);
      this.#rules = parseRules(text);
      this.#text = text;
      this.#seen = version;
    } catch {
      // The last good rules stay.
    }
  }
}

function lists(rules: Ignore, way: string, isFolder: boolean): boolean {
  if (way === "") return false;
  const folded = foldName(way);
  // A folder of which everything is listed (`private/**`) is listed as well.
  const forms = isFolder ? [`${folded}/`, `${folded}/${ANY_NAME}`] : [folded];
  return forms.some((form) => rules.ignores(form));
}

/** Throws for what is no text, or no list of patterns. */
function parseRules(bytes: Uint8Array): Ignore {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  if (/[\x00-\x08\x0e-\x1f]/.test(text)) throw new Error("The ignore file is no text.");
  const rules = ignore({ ignorecase: false }).add(foldName(text));
  // Patterns are compiled when they are first tried.
  rules.ignores("a");
  return rules;
}
