import * as vscode from "vscode";
import { editorRipgreps, firstRipgrep, pathRipgreps } from "../tools/ripgrep-candidates.ts";
import type { Ripgrep, WorkspaceFolder } from "../tools/workspace.ts";

/** The editor's own ripgrep, else the PATH's; undefined = the slow search. */
export async function findRipgrep(folders: readonly WorkspaceFolder[]): Promise<Ripgrep | undefined> {
  return firstRipgrep([...editorRipgreps(vscode.env.appRoot), ...pathRipgreps()], folders);
}
