import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { DiskPlaces } from "../../src/headless/disk-places.ts";
import { createDeleteFile } from "../../src/tools/delete-file.ts";
import { createMoveFile } from "../../src/tools/move-file.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { EditorPlaces } from "../../src/vscode/files/editor-places.ts";
import { runTool } from "../support/run-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { untilEqual } from "../support/until.ts";
import { changeSettings } from "./change-settings.ts";
import { openEditor, typeInto } from "./open-editor.ts";

const keptFolder = join(tmpdir(), `outcrop-deleted-${process.pid}`);
const places = new EditorPlaces(new DiskPlaces(keptFolder));
const move = createMoveFile(new EditorWorkspace(), places);
const remove = createDeleteFile(new EditorWorkspace(), places);
const context = { signal: new AbortController().signal, output: () => undefined };

async function openFile(test: TestContext, path: string, content: string): Promise<vscode.TextDocument> {
  await changeSettings(test, { "files.autoSave": "off" });
  await writeFile(path, content);
  return (await openEditor(test, path)).document;
}

test("A moved file is at its new place, in folders that are made, and its editor follows with what is unsaved", async (test) => {
  const root = await temporaryFolder(test);
  const [from, to] = [join(root, "a.txt"), join(root, "new", "deep", "b.txt")];
  await typeInto(await openFile(test, from, "one\n"), "typed\n");
  const { title } = await runTool(move, { from, to });
  assert.equal(title, `Moved ${from} to ${to}`);
  assert.deepEqual([existsSync(from), await readFile(to, "utf8")], [false, "one\n"]);
  await untilEqual(() => {
    const active = vscode.window.activeTextEditor?.document;
    return [active?.uri.fsPath, active?.getText(), active?.isDirty];
  }, [to, "typed\none\n", true]);
});

test("A folder is moved whole, and what came there meanwhile is not overwritten", async (test) => {
  const root = await temporaryFolder(test);
  await mkdir(join(root, "src"));
  await writeFile(join(root, "src", "a.txt"), "one\n");
  await runTool(move, { from: join(root, "src"), to: join(root, "lib") });
  assert.equal(await readFile(join(root, "lib", "a.txt"), "utf8"), "one\n");
  const call = await move.prepare({ from: join(root, "lib", "a.txt"), to: join(root, "b.txt") }, context.signal);
  await writeFile(join(root, "b.txt"), "other\n");
  await assert.rejects(call.run(context), /^ToolError: E_STALE /);
  assert.equal(await readFile(join(root, "b.txt"), "utf8"), "other\n");
});

test("A deleted file goes to the trash; where there is none it is kept, and the model is told where", async (test) => {
  test.after(() => rm(keptFolder, { recursive: true, force: true }));
  const path = join(await temporaryFolder(test), "a.txt");
  await writeFile(path, "one\n");
  const { text } = await runTool(remove, { path });
  assert.equal(existsSync(path), false);
  const where = /^Deleted .*a\.txt\. It is in (.+) now\.$/.exec(text)?.[1] ?? assert.fail(text);
  if (where !== "the trash") {
    assert.ok(where.startsWith(keptFolder), where);
    assert.equal(await readFile(where, "utf8"), "one\n");
  }
});

test("What an editor has unsaved is not deleted, nor a folder around it", async (test) => {
  const root = await temporaryFolder(test);
  const path = join(root, "in", "a.txt");
  await mkdir(join(root, "in"));
  await typeInto(await openFile(test, path, "one\n"), "typed\n");
  for (const place of [path, join(root, "in")]) {
    await assert.rejects(
      runTool(remove, { path: place }),
      /^ToolError: E_STALE .*a\.txt has unsaved changes in the editor\./,
    );
  }
  assert.equal(await readFile(path, "utf8"), "one\n");
});
