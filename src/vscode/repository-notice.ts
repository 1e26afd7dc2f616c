import * as vscode from "vscode";
import { listRepositoryParts } from "../policy/rules/repository-parts.ts";

const seenKey = "outcrop.repositorySeen";

/** What the open repositories bring, until the user has seen it: shown at the first use in a trusted workspace, and when it changes. */
export class RepositoryNotice {
  readonly #memory: vscode.Memento;
  readonly #folders: () => readonly string[];
  #found: readonly string[] = [];

  /** `memory`: of this workspace. */
  constructor(memory: vscode.Memento, folders: () => readonly string[]) {
    this.#memory = memory;
    this.#folders = folders;
  }

  /** Empty where there is nothing new. */
  get lines(): readonly string[] {
    return this.#memory.get(seenKey) === this.#found.join("\n") ? [] : this.#found;
  }

  /** Looks again. Nothing is read before the workspace is trusted. */
  async look(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const found = await Promise.all(this.#folders().map(listRepositoryParts));
    this.#found = found.flat();
  }

  /** The user has seen it and goes on. */
  async seen(): Promise<void> {
    if (this.lines.length > 0) await this.#memory.update(seenKey, this.#found.join("\n"));
  }
}
