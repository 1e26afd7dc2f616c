import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PromptFile } from "../../protocol/attachment.ts";

const ending = ".prompt.md";
const mostBytes = 200_000;
const mostFiles = 200;

export interface PromptFilesOptions {
  /** The user's own folder of prompt files. */
  readonly userFolder: string;
  /** Folders of the workspace whose prompt files may be used: none before it is trusted. */
  readonly folders: () => readonly string[];
  /** Whether a file's text may be told without asking, by its absolute path. */
  readonly mayTell: (path: string) => Promise<boolean>;
}

export interface ReadPromptFile extends PromptFile {
  /** Absolute. */
  readonly path: string;
  /** What it says, without the properties above it. */
  readonly text: string;
}

/** Prompt files as VS Code has them: the user's own, then those of the repository, whose names do not replace the user's. */
export class PromptFiles {
  readonly #options: PromptFilesOptions;

  constructor(options: PromptFilesOptions) {
    this.#options = options;
  }

  /** By name. */
  async list(): Promise<readonly ReadPromptFile[]> {
    const { userFolder, folders, mayTell } = this.#options;
    const found = new Map<string, ReadPromptFile>();
    for (const file of await readFolder(userFolder, async () => true)) found.set(file.name, file);
    for (const folder of folders()) {
      for (const file of await readFolder(join(folder, ".github", "prompts"), mayTell)) {
        if (!found.has(file.name)) found.set(file.name, file);
      }
    }
    return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** The one that a prompt begins with the name of; undefined where it names none. */
  async named(prompt: string): Promise<ReadPromptFile | undefined> {
    const name = commandName(prompt);
    return name === undefined ? undefined : (await this.list()).find((file) => file.name === name);
  }
}

/** `review` of `/review the last change`. */
export function commandName(prompt: string): string | undefined {
  return /^\/([\w.-]+)(?:\s|$)/u.exec(prompt)?.[1];
}

async function readFolder(
  folder: string,
  mayRead: (path: string) => Promise<boolean>,
): Promise<readonly ReadPromptFile[]> {
  const names = (await readdir(folder).catch((): readonly string[] => [])).filter((name) => /^[\w.-]+$/u.test(name));
  const files = names.filter((name) => name.endsWith(ending) && name !== ending).slice(0, mostFiles);
  const read = await Promise.all(files.map((name) => readPrompt(join(folder, name), name, mayRead)));
  return read.flat();
}

async function readPrompt(
  path: string,
  name: string,
  mayRead: (path: string) => Promise<boolean>,
): Promise<readonly ReadPromptFile[]> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > mostBytes || !(await mayRead(path))) return [];
    const { description, text } = parsePrompt(await readFile(path, "utf8"));
    return [{ name: name.slice(0, -ending.length), description, path, text }];
  } catch {
    return [];
  }
}

/** https://code.visualstudio.com/docs/copilot/customization/prompt-files: properties between lines of dashes, then the prompt. */
export function parsePrompt(written: string): Pick<ReadPromptFile, "description" | "text"> {
  const [whole = "", properties = ""] = /^\u{feff}?---\r?\n([\s\S]*?)\r?\n---[^\S\n]*(?:\n|$)/u.exec(written) ?? [];
  const described = /^description:[^\S\n]*(.*)$/mu.exec(properties)?.[1]?.trim() ?? "";
  const description = described.replace(/^(["'])([\s\S]*)\1$/u, "$2").slice(0, 200);
  return { description, text: written.slice(whole.length).trim() };
}
