import { lstat } from "node:fs/promises";
import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import type { FilePlaces } from "../../tools/places/file-places.ts";
import { type Place, requireSamePlace } from "../../tools/places/look-at-place.ts";
import { isInsideByText } from "../../tools/resolve-path.ts";
import { realPathOf } from "./open-documents.ts";

/** Moves and deletes as VS Code's explorer does: editors follow, a move can be undone, what is deleted is in the trash. */
export class EditorPlaces implements FilePlaces {
  readonly #withoutTrash: Pick<FilePlaces, "remove">;

  /** `withoutTrash`: keeps what is deleted where VS Code has no trash, as in a remote window. */
  constructor(withoutTrash: Pick<FilePlaces, "remove">) {
    this.#withoutTrash = withoutTrash;
  }

  async move(from: Place, to: Place): Promise<void> {
    await requireSamePlace(from);
    await requireSamePlace(to);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(from.canonical), vscode.Uri.file(to.canonical), { overwrite: false });
    const isMoved = await vscode.workspace.applyEdit(edit);
    if (!isMoved || (await isThere(from.canonical)) || !(await isThere(to.canonical))) {
      throw new ToolError(`The editor could not move ${from.path}. Look at both places before you go on.`);
    }
  }

  async remove(place: Place): Promise<string> {
    refuseUnsaved(place);
    await requireSamePlace(place);
    try {
      await vscode.workspace.fs.delete(vscode.Uri.file(place.canonical), { recursive: true, useTrash: true });
    } catch {
      return this.#withoutTrash.remove(place);
    }
    return "the trash";
  }
}

function refuseUnsaved({ path, canonical }: Place): void {
  const isOwn = (uri: vscode.Uri): boolean =>
    uri.scheme === "file" &&
    ([path, canonical].some((own) => isInsideByText(vscode.Uri.file(own).fsPath, uri.fsPath)) ||
      isInsideByText(canonical, realPathOf(uri)));
  const unsaved = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && isOwn(uri));
  if (unsaved === undefined) return;
  throw new ToolError(
    `${unsaved.uri.fsPath} has unsaved changes in the editor. Nothing was deleted; the user has to save or revert first.`,
    "E_STALE",
  );
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
