import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import { plainNotice } from "./plain-notice.ts";

/**
 * Shows a file of the workspace that an answer names. Never creates one, never leaves the workspace folders. False
 * where there is none, which the user is told.
 */
export async function openFile(path: string, line: number | undefined, endLine?: number): Promise<boolean> {
  const uri = await findInWorkspace(path);
  if (uri === undefined) {
    void vscode.window.showInformationMessage(plainNotice(t('There is no file "{0}" in the workspace.', path)));
    return false;
  }
  const start = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  // Of several lines all are selected, of one its beginning is shown.
  const end = endLine === undefined || endLine <= start.line ? start : new vscode.Position(endLine - 1, 10_000);
  await vscode.window.showTextDocument(uri, {
    preview: true,
    ...(line !== undefined && { selection: new vscode.Range(start, end) }),
  });
  return true;
}

/** The file of a workspace folder that a relative path names; undefined where there is none. */
export async function findInWorkspace(path: string): Promise<vscode.Uri | undefined> {
  const parts = path.split(/[\\/]/);
  if (parts.includes("..") || /^([\\/]|[a-zA-Z][a-zA-Z0-9+.-]*:)/.test(path)) return undefined;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const named = folders
    .filter(({ name }) => name === parts[0])
    .map((folder) => vscode.Uri.joinPath(folder.uri, ...parts.slice(1)));
  const candidates = [...folders.map((folder) => vscode.Uri.joinPath(folder.uri, ...parts)), ...named];
  for (const candidate of candidates) {
    if (await isFile(candidate)) return candidate;
  }
  return undefined;
}

/** Those of the paths that lead to no file of the workspace. */
export async function missingPaths(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(findInWorkspace));
  return paths.filter((_, index) => found[index] === undefined);
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
