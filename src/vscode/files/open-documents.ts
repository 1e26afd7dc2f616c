import { realpathSync } from "node:fs";
import * as vscode from "vscode";
import type { FileSnapshot } from "../../tools/text-files.ts";

type Place = Pick<FileSnapshot, "path" | "canonical">;

/** The text that an editor has of a file, under whatever path leads there; one with unsaved changes first. */
export function openDocument(place: Place): vscode.TextDocument | undefined {
  const open = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => !isClosed && isOf(uri, place));
  return open.find(({ isDirty }) => isDirty) ?? open.at(0);
}

/** Whether something else than one text editor has unsaved changes of the file: a notebook, an editor of its own kind, a second text. */
export function unsavedElsewhere(place: Place): boolean {
  const texts = vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && isOf(uri, place));
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isElse = ({ input, isDirty }: vscode.Tab): boolean =>
    isDirty &&
    (input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputCustom) &&
    isOf(input.uri, place) &&
    texts.length === 0;
  return texts.length > 1 || tabs.some(isElse);
}

function isOf(uri: vscode.Uri, { path, canonical }: Place): boolean {
  if (uri.scheme !== "file") return false;
  // As URIs first, because VS Code writes drive letters small.
  return [path, canonical].some((own) => vscode.Uri.file(own).fsPath === uri.fsPath) || realPathOf(uri) === canonical;
}

/** Where the file of an editor really lies: its folder may be open through a link. */
export function realPathOf({ fsPath }: vscode.Uri): string {
  try {
    return realpathSync(fsPath);
  } catch {
    return fsPath;
  }
}
