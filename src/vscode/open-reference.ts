import * as vscode from "vscode";

/**
 * Shows a file of the workspace that an answer names. Never creates one, never leaves the workspace folders. False
 * where there is none, which the user is told.
 */
export async function openFile(path: string, line: number | undefined): Promise<boolean> {
  const uri = await findInWorkspace(path);
  if (uri === undefined) {
    void vscode.window.showInformationMessage(`There is no file "${path}" in the workspace.`);
    return false;
  }
  const position = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(uri, {
    preview: true,
    ...(line !== undefined && { selection: new vscode.Range(position, position) }),
  });
  return true;
}

async function findInWorkspace(path: string): Promise<vscode.Uri | undefined> {
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

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
