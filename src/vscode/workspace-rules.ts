import { realpathSync } from "node:fs";
import { hostname } from "node:os";
import * as vscode from "vscode";
import * as z from "zod";
import type { RuleStore, StoredRule } from "../policy/rules/rule-book.ts";
import { rulesKey } from "./rules-key.ts";

const stored = z.array(
  z.object({
    id: z.string(),
    text: z.string(),
    shell: z.string().exactOptional(),
    definition: z.string().exactOptional(),
  }),
);

/**
 * The rules that the user made for this workspace, in the extension's own memory: by the real path of its folders, and by the
 * machine that they are on, so that the same path on another machine has rules of its own. No file of a repository is read.
 */
export class WorkspaceRules implements RuleStore {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  load(): readonly StoredRule[] {
    return stored.catch([]).parse(this.#memory.get(this.#key()));
  }

  async save(rules: readonly StoredRule[]): Promise<void> {
    await this.#memory.update(this.#key(), rules);
  }

  #key(): string {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => realPath(uri));
    return rulesKey({ remoteName: vscode.env.remoteName, hostName: hostname() }, folders);
  }
}

function realPath(uri: vscode.Uri): string {
  if (uri.scheme !== "file") return uri.toString();
  try {
    return realpathSync.native(uri.fsPath);
  } catch {
    return uri.fsPath;
  }
}
