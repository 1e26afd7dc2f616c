import assert from "node:assert/strict";
import { chmod, mkdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { DiskFiles } from "../../src/headless/disk-files.ts";
import type { Hunk } from "../../src/tools/checkpoints/hunks.ts";
import { SessionReview } from "../../src/tools/checkpoints/session-review.ts";
import { EditorFiles } from "../../src/vscode/files/editor-files.ts";
import { openDocument } from "../../src/vscode/files/open-documents.ts";
import { goToChange } from "../../src/vscode/review/change-at-cursor.ts";
import { EditorRestorer } from "../../src/vscode/review/editor-restorer.ts";
import { ReviewEditors } from "../../src/vscode/review/review-editors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { untilEqual } from "../support/until.ts";
import { call, changesScene, changingTool } from "../unit/tools/checkpoints/changes-scene.ts";
import { changeSettings } from "./change-settings.ts";
import { closeEditorsAfter, openEditor, typeInto } from "./open-editor.ts";

const disk = new DiskFiles();
const files = new EditorFiles(disk);
const before = "one\ntwo\nthree\nfour\n";
const now = "ONE\ntwo\nthree\nFOUR\n";

/** A session that changed `a.txt`, and what the editors show of it. */
async function reviewScene(test: TestContext) {
  closeEditorsAfter(test);
  await changeSettings(test, { "files.autoSave": "off" });
  const folder = await realpath(await temporaryFolder(test));
  const workspace = join(folder, "workspace");
  await mkdir(workspace);
  const path = join(workspace, "a.txt");
  await writeFile(path, before);
  const scene = changesScene(join(folder, "storage"), workspace);
  await call(
    scene,
    changingTool("write", [{ path }], () => writeFile(path, now)),
  );
  const folders = () => [{ name: "workspace", path: workspace }];
  const restorer = new EditorRestorer(files, disk);
  const isUnsaved = (of: string): boolean => openDocument({ path: of, canonical: of })?.isDirty === true;
  const review = new SessionReview({ ...scene, files, restorer, folders, isUnsaved });
  return { scene, review, path, workspace };
}

test("UX88 An undone piece is taken back in the open editor and saved, and the editor's Undo brings it again", async (test) => {
  const { review, path } = await reviewScene(test);
  const { document } = await openEditor(test, path);
  const [, second = assert.fail()] = await review.hunks(path, document.getText());
  await review.undoHunk(path, second);
  assert.deepEqual([document.getText(), document.isDirty], ["ONE\ntwo\nthree\nfour\n", false]);
  assert.equal(await readFile(path, "utf8"), "ONE\ntwo\nthree\nfour\n");
  await vscode.commands.executeCommand("undo");
  await untilEqual(() => document.getText(), now);
});

test("UX90 A checkpoint is restored over an editor with unsaved changes, which were told of, and they come back with Undo", async (test) => {
  const { review, path } = await reviewScene(test);
  const { document } = await openEditor(test, path);
  await typeInto(document, "typed\n");
  const plan = await review.planCheckpoint(new Set(["turn 1"]));
  assert.deepEqual(plan.changedSince, [path]);
  await review.restore(plan, undefined);
  assert.deepEqual([document.getText(), document.isDirty], [before, false]);
  assert.equal(await readFile(path, "utf8"), before);
  await vscode.commands.executeCommand("undo");
  await untilEqual(() => document.getText(), `typed\n${now}`);
});

test("Bytes and mode come back as they were, whatever the editor would save", async (test) => {
  const { scene, review, path } = await reviewScene(test);
  const utf16 = Buffer.from("\ufeffwas UTF-16\r\n", "utf16le");
  await writeFile(path, utf16);
  await chmod(path, 0o700);
  scene.turn = "turn 2";
  const change = async (): Promise<void> => {
    await writeFile(path, "now UTF-8\n");
    await chmod(path, 0o444);
  };
  await call(scene, changingTool("write", [{ path }], change));
  const { document } = await openEditor(test, path);
  await typeInto(document, "typed\n");
  await review.restore(await review.planCheckpoint(new Set(["turn 2"])), "turn 1");
  assert.deepEqual(await readFile(path), utf16);
  assert.equal((await stat(path)).mode & 0o777, 0o700);
});

test("A file that the session made is gone after Undo, and back after Redo, with its folder", async (test) => {
  const { scene, review, workspace } = await reviewScene(test);
  const made = join(workspace, "deep", "new.bin");
  scene.turn = "turn 2";
  const make = async (): Promise<void> => {
    await mkdir(join(workspace, "deep"));
    await writeFile(made, Buffer.from([0, 1, 2]));
  };
  await call(scene, changingTool("write", [{ path: made }], make));
  await review.restore(await review.planCheckpoint(new Set(["turn 2"])), "turn 1");
  await assert.rejects(stat(made), { code: "ENOENT" });
  await review.redo(await review.planRedo());
  assert.deepEqual(await readFile(made), Buffer.from([0, 1, 2]));
});

test("UX85 A file has Keep and Undo at each change, its original beside it in the diff editor, and all files are in one", async (test) => {
  const { review, path } = await reviewScene(test);
  const acted: [string, Hunk, boolean][] = [];
  const editors = new ReviewEditors(
    () => [],
    (...act) => void acted.push(act),
    "review-test",
  );
  test.after(() => editors.dispose());
  await editors.show(review);
  const editor = await openEditor(test, path);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    editor.document.uri,
    10,
  );
  const own = lenses.flatMap(({ command, range }) =>
    command?.command === "review-test.act" ? [[range.start.line, command.title, command.arguments] as const] : [],
  );
  assert.deepEqual(
    own.map(([line, title]) => `${line} ${title}`),
    ["0 Keep", "0 Undo", "3 Keep", "3 Undo"],
  );
  await vscode.commands.executeCommand("review-test.act", ...(own[3]?.[2] ?? []));
  assert.deepEqual(
    acted.map(([at, { currentStart }, keeps]) => [at, currentStart, keeps]),
    [[path, 3, false]],
  );
  await goToChange(editors, 1);
  assert.equal(editor.selection.active.line, 3);
  await goToChange(editors, 1);
  assert.equal(editor.selection.active.line, 0);

  await editors.open(path);
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  assert(input instanceof vscode.TabInputTextDiff);
  assert.equal(input.modified.fsPath, vscode.Uri.file(path).fsPath);
  assert.equal((await vscode.workspace.openTextDocument(input.original)).getText(), before);

  await editors.openAll([path, `${path}.gone`]);
  // The files are counted when they have been looked for.
  await untilEqual(() => vscode.window.tabGroups.activeTabGroup.activeTab?.label, "Outcrop: Changed Files (2 files)");
});
