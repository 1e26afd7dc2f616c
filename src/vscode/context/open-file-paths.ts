import * as vscode from "vscode";

/** Absolute paths of the files that have a tab, the active one first. */
export function openFilePaths(): readonly string[] {
  const active = vscode.window.activeTextEditor?.document.uri;
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all.map(({ input }) => uriOf(input)));
  const uris = [active, ...tabs].filter((uri) => uri !== undefined && uri.scheme === "file");
  return [...new Set(uris.map((uri) => uri?.fsPath ?? ""))];
}

function uriOf(input: unknown): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}
