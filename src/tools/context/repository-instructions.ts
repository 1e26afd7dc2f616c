import { join } from "node:path";
import type { Attachment } from "../../protocol/attachment.ts";
import { plural } from "../../protocol/localize.ts";
import { showPath } from "../resolve-path.ts";
import type { WorkspaceFolder } from "../workspace.ts";

/** The files that count, of each folder of the workspace, in this order. */
const instructionFiles = ["AGENTS.md", ".github/copilot-instructions.md"] as const;

/** Characters of one file, and of all: some 4,000 and 8,000 tokens, which every request carries. */
const mostOfOne = 16_000;
const mostOfAll = 32_000;

export interface Instructions {
  /** As shown. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
}

export interface InstructionsOptions {
  readonly folders: () => readonly WorkspaceFolder[];
  /** The workspace is trusted, and the user has not turned them off. */
  readonly isOn: () => boolean;
  /** Whether a file's text may be told without asking, by its absolute path. */
  readonly mayTell: (path: string) => Promise<boolean>;
}

/** What a repository asks of assistants. Nothing of it is looked at before the workspace is trusted. */
export class RepositoryInstructions {
  readonly #options: InstructionsOptions;
  #found: readonly Instructions[] = [];

  constructor(options: InstructionsOptions) {
    this.#options = options;
  }

  /** As they were when they were last looked at. */
  get found(): readonly Instructions[] {
    return this.#options.isOn() ? this.#found : [];
  }

  async look(): Promise<void> {
    const { folders, isOn } = this.#options;
    const open = folders();
    const found: Instructions[] = [];
    let room = mostOfAll;
    for (const [folder, name] of isOn()
      ? open.flatMap((one) => instructionFiles.map((file) => [one, file] as const))
      : []) {
      const path = join(folder.path, name);
      const text = await this.#read(path, folder);
      if (text === undefined || text.trim() === "") continue;
      const kept = text.slice(0, Math.min(mostOfOne, room));
      room -= kept.length;
      const shown = showPath(path, open);
      const cut = kept.length < text.length ? `${kept}\n(The file goes on; read ${shown} for the rest.)` : kept;
      if (kept !== "") found.push({ path: shown, text: cut, lines: text.trimEnd().split("\n").length });
    }
    this.#found = found;
  }

  /** What a turn that begins is shown to use of it; nothing where the turns before it used the same. */
  attachments(before: readonly Attachment[]): readonly Attachment[] {
    const now = this.found.map(({ path, lines }): Attachment => {
      const detail = plural(
        lines,
        "Repository instructions ({0} line), part of every request",
        "Repository instructions ({0} lines), part of every request",
      );
      return { id: `instructions ${path}`, kind: "instructions", label: path, path, detail };
    });
    const isKnown = ({ path, detail }: Attachment): boolean =>
      before.some((one) => one.kind === "instructions" && one.path === path && one.detail === detail);
    return now.filter((one) => !isKnown(one));
  }

  /** What cannot be read is not there: the user is shown which files are used. */
  async #read(path: string, folder: WorkspaceFolder): Promise<string | undefined> {
    try {
      if (!(await this.#options.mayTell(path))) return undefined;
      // Loaded with the first turn.
      const { openTextFile } = await import("../open-text-file.ts");
      const handle = await openTextFile({ path, shown: path, folder });
      try {
        const bytes = Buffer.alloc(mostOfAll * 4);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
        return bytes.toString("utf8", 0, bytesRead).replace(/^\u{feff}/u, "");
      } finally {
        await handle.close();
      }
    } catch {
      return undefined;
    }
  }
}
