import assert from "node:assert/strict";
import { mkdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { DiskFiles } from "../../src/headless/disk-files.ts";
import type { Hunk } from "../../src/tools/checkpoints/hunks.ts";
import { SessionReview } from "../../src/tools/checkpoints/session-review.ts";
import { EditorFiles } from "../../src/vscode/files/editor-files.ts";
import { openDocument } from "../../src/vscode/files/open-documents.ts";
import { actAtCursor, goToChange } from "../../src/vscode/review/change-at-cursor.ts";
import { EditorRestorer } from "../../src/vscode/review/editor-restorer.ts";
import { asOpened } from "../../src/vscode/review/real-folders.ts";
import { ReviewEditors } from "../../src/vscode/review/review-editors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { untilEqual } from "../support/until.ts";
import { call, changesScene, changingTool } from "../unit/tools/checkpoints/changes-scene.ts";
import { changeSettings } from "./change-settings.ts";

const disk = new DiskFiles();
const files = new EditorFiles(disk);
const before = "one\ntwo\nthree\nfour\n";
const now = "ONE\ntwo\nthree\nadded\nFOUR\n";

/** A session that changed `a.txt` and `b.txt`, below a folder that is open through a link, and its editors. */
async function reviewScene(test: TestContext) {
  await changeSettings(test, { "files.autoSave": "off" });
  const folder = await realpath(await temporaryFolder(test));
  const [real, opened] = [join(folder, "real"), join(folder, "opened")];
  await mkdir(real);
  await symlink(real, opened);
  const paths = [join(real, "a.txt"), join(real, "b.txt")];
  const changes = changesScene(join(folder, "storage"), real);
  for (const path of paths) {
    await writeFile(path, before);
    await call(
      changes,
      changingTool("write", [{ path }], () => writeFile(path, now)),
    );
  }
  const folders = () => [{ name: "workspace", path: opened }];
  const isUnsaved = (path: string): boolean => openDocument({ path, canonical: path })?.isDirty === true;
  const review = new SessionReview({
    ...{ ...changes, files, folders, isUnsaved },
    restorer: new EditorRestorer(files, disk),
  });
  const editors = new ReviewEditors(folders, () => undefined, `at-cursor-${Math.random().toString(36).slice(2)}`);
  await editors.show(review);
  test.after(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    editors.dispose();
  });
  const acted: string[] = [];
  const desk = {
    actOnHunk: async (path: string, { currentStart }: Hunk, keeps: boolean) =>
      void acted.push(`${keeps ? "keep" : "undo"} ${path.slice(real.length + 1)} ${currentStart}`),
  };
  const [path = "", other = ""] = paths;
  return { folders, review, editors, desk, acted, path, other, opened };
}

/** An editor of many files shows its first a moment later. */
async function untilActive(): Promise<void> {
  if (vscode.window.activeTextEditor !== undefined) return;
  await new Promise<void>((resolve) => {
    const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor === undefined) return;
      listener.dispose();
      resolve();
    });
  });
}

async function putCursor(line: number): Promise<vscode.TextEditor> {
  const editor = vscode.window.activeTextEditor ?? assert.fail("no editor is active");
  editor.selection = new vscode.Selection(line, 0, line, 0);
  return editor;
}

test("In the diff editor the change at the cursor is kept or undone, on either side of it", async (test) => {
  const { editors, desk, acted, path, opened } = await reviewScene(test);
  await editors.open(path);
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  assert(input instanceof vscode.TabInputTextDiff);
  assert.equal(input.modified.fsPath, join(opened, "a.txt"));
  await putCursor(0);
  await actAtCursor(editors, desk, true);
  await goToChange(editors, 1);
  assert.equal(vscode.window.activeTextEditor?.selection.active.line, 3);
  await actAtCursor(editors, desk, false);
  await vscode.commands.executeCommand("diffEditor.switchSide");
  await untilEqual(() => vscode.window.activeTextEditor?.document.getText(), before);
  await putCursor(3);
  await actAtCursor(editors, desk, false);
  assert.deepEqual(acted, ["keep a.txt 0", "undo a.txt 3", "undo a.txt 3"]);
});

test("All changed files are in one diff editor of many files, in which the change at the cursor is kept or undone too", async (test) => {
  const { editors, desk, acted, path, other } = await reviewScene(test);
  await editors.openAll([path, other]);
  // The files are counted when they have been looked for.
  await untilEqual(() => vscode.window.tabGroups.activeTabGroup.activeTab?.label, "Outcrop: Changed Files (2 files)");
  await untilActive();
  await putCursor(4);
  await actAtCursor(editors, desk, true);
  assert.deepEqual(acted, ["keep a.txt 3"]);
});

test("A file below a folder that is open through a link is restored in its editor, and what is unsaved there is told of", async (test) => {
  const { review, folders, path } = await reviewScene(test);
  const document = await vscode.workspace.openTextDocument(asOpened(path, folders()));
  await vscode.window.showTextDocument(document);
  const typed = new vscode.WorkspaceEdit();
  typed.insert(document.uri, new vscode.Position(0, 0), "typed\n");
  await vscode.workspace.applyEdit(typed);
  const plan = await review.planUndo([path]);
  assert.deepEqual(plan.changedSince, [path]);
  await review.undo([path], plan);
  assert.deepEqual([document.getText(), document.isDirty, await readFile(path, "utf8")], [before, false, before]);
});
