import { lstat, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** Files with ignore rules, weakest first, as ripgrep reads them. */
const RULE_FILES = [join(".git", "info", "exclude"), ".gitignore", ".ignore", ".rgignore"];

interface FolderRules {
  readonly folder: string;
  readonly rules: Ignore;
  readonly parent: FolderRules | undefined;
}

/** Which paths .gitignore and its kind leave out, read from the disk as folders are met and kept for one search. */
export class IgnoreRules {
  readonly #folders = new Map<string, Promise<FolderRules | undefined>>();

  /** Whether an entry below `from`, or a folder between the two, is left out. */
  async isIgnored(path: string, isFolder: boolean, from: string): Promise<boolean> {
    if (path === from) return false;
    const parent = dirname(path);
    return (await this.isIgnoredInWalk(path, isFolder)) || (parent !== path && this.isIgnored(parent, true, from));
  }

  /** As `isIgnored`, for an entry whose folder is known not to be left out, as in a walk from above. */
  async isIgnoredInWalk(path: string, isFolder: boolean): Promise<boolean> {
    return matches(await this.#rulesOf(dirname(path)), path, isFolder);
  }

  #rulesOf(folder: string): Promise<FolderRules | undefined> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const rules = this.#readRules(folder);
    this.#folders.set(folder, rules);
    return rules;
  }

  /** The rules of a repository end where a repository inside it begins. */
  async #readRules(folder: string): Promise<FolderRules | undefined> {
    const above = dirname(folder);
    const isTop = above === folder || (await exists(join(folder, ".git")));
    const parent = isTop ? undefined : await this.#rulesOf(above);
    const texts = await Promise.all(RULE_FILES.map((name) => readText(join(folder, name))));
    const lines = texts.filter((text) => text !== "");
    if (lines.length === 0) return parent;
    const rules = ignore({ ignorecase: false }).add(lines.join("\n"));
    return { folder, rules, parent };
  }
}

/** The nearest folder whose rules say anything about the path decides. */
function matches(nearest: FolderRules | undefined, path: string, isFolder: boolean): boolean {
  for (let at = nearest; at !== undefined; at = at.parent) {
    const inner = relative(at.folder, path).split(sep).join("/");
    const { ignored, unignored } = at.rules.test(isFolder ? `${inner}/` : inner);
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function readText(path: string): Promise<string> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path, "utf8") : "";
  } catch {
    return "";
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
