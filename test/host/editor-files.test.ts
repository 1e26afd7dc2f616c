import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { DiskFiles } from "../../src/headless/disk-files.ts";
import { createEditFile } from "../../src/tools/edit-file.ts";
import { createWriteFile } from "../../src/tools/write-file.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { EditorFiles } from "../../src/vscode/files/editor-files.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { untilEqual } from "../support/until.ts";
import { changeSettings } from "./change-settings.ts";
import { closeEditorsAfter, openEditor, typeInto } from "./open-editor.ts";

const files = new EditorFiles(new DiskFiles());
const edit = createEditFile(new EditorWorkspace(), files, openGuard);
const write = createWriteFile(new EditorWorkspace(), files, openGuard);
const context = { signal: new AbortController().signal, output: () => undefined };

async function fileWith(test: TestContext, content: string | Uint8Array, name = "a.txt"): Promise<string> {
  // What is unsaved when saving is automatic again would be saved while the folder is removed.
  closeEditorsAfter(test);
  await changeSettings(test, { "files.autoSave": "off" });
  const path = join(await temporaryFolder(test), name);
  await writeFile(path, content);
  return path;
}

const replace = (path: string, old_text: string, new_text: string) => ({ path, edits: [{ old_text, new_text }] });

test("UX88 An edit of an open file is made in its editor and saved, and one Undo takes it back", async (test) => {
  const path = await fileWith(test, "one\r\ntwo\r\nthree\r\n");
  const { document } = await openEditor(test, path);
  const edits = [
    { old_text: "one", new_text: "1" },
    { old_text: "three", new_text: "3" },
  ];
  const { text } = await runTool(edit, { path, edits });
  assert.match(text, /^Edited .*a\.txt at lines 1, 3 \(\+2 −2\)/);
  assert.deepEqual([document.getText(), document.isDirty], ["1\r\ntwo\r\n3\r\n", false]);
  assert.equal(await readFile(path, "utf8"), "1\r\ntwo\r\n3\r\n");
  await vscode.commands.executeCommand("undo");
  await untilEqual(() => document.getText(), "one\r\ntwo\r\nthree\r\n");
});

test("UX88 An edit of an editor with unsaved changes is made on its text, shown so, and saved with it", async (test) => {
  const path = await fileWith(test, "one\ntwo\n");
  const { document } = await openEditor(test, path);
  await typeInto(document, "typed\n");
  const { call } = await runTool(edit, replace(path, "typed\none", "TYPED\n1"));
  assert.deepEqual(call.targets[0]?.change, { before: "typed\none\ntwo\n", after: "TYPED\n1\ntwo\n" });
  assert.deepEqual([document.getText(), document.isDirty], ["TYPED\n1\ntwo\n", false]);
  assert.equal(await readFile(path, "utf8"), "TYPED\n1\ntwo\n");
});

test("UX88 What is typed, or written to the file, between question and run makes the edit stale", async (test) => {
  const path = await fileWith(test, "one\n");
  const { document } = await openEditor(test, path);
  const beforeTyping = await edit.prepare(replace(path, "one", "1"), context.signal);
  await typeInto(document, "typed\n");
  await assert.rejects(beforeTyping.run(context), /^ToolError: E_STALE .*does not have the content/);
  const beforeWriting = await edit.prepare(replace(path, "one", "1"), context.signal);
  await writeFile(path, "another\n");
  await assert.rejects(beforeWriting.run(context), /^ToolError: E_STALE /);
  assert.deepEqual([document.getText(), await readFile(path, "utf8")], ["typed\none\n", "another\n"]);
});

test("A file that no editor has is replaced on disk, and its text is not opened", async (test) => {
  const path = await fileWith(test, "one\n");
  const { ino } = await stat(path);
  await runTool(edit, replace(path, "one", "1"));
  assert.equal(await readFile(path, "utf8"), "1\n");
  assert.notEqual((await stat(path)).ino, ino);
  assert.ok(vscode.workspace.textDocuments.every(({ uri }) => uri.fsPath !== path));
});

test("UTF-16 and the byte order mark stay in a file that is open", async (test) => {
  const path = await fileWith(test, Buffer.from("\ufeffone\r\nzwei €\r\n", "utf16le"));
  const { document } = await openEditor(test, path);
  await runTool(edit, replace(path, "zwei €", "2 日"));
  assert.deepEqual([document.getText(), document.isDirty], ["one\r\n2 日\r\n", false]);
  assert.deepEqual(await readFile(path), Buffer.from("\ufeffone\r\n2 日\r\n", "utf16le"));
  const marked = await fileWith(test, "\ufeffone\n");
  await openEditor(test, marked);
  await runTool(edit, replace(marked, "one", "1"));
  assert.equal(await readFile(marked, "utf8"), "\ufeff1\n");
});

test("A saved editor that shows a file in another way than it is leaves the write to the disk", async (test) => {
  const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a, 0x78, 0x0a]);
  const path = await fileWith(test, latin);
  await openEditor(test, path);
  await runTool(edit, replace(path, "x", "y"));
  assert.deepEqual(await readFile(path), Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a, 0x79, 0x0a]));
  const other = await fileWith(test, latin);
  await typeInto((await openEditor(test, other)).document, "typed");
  await assert.rejects(runTool(edit, replace(other, "x", "y")), /E_STALE .* has unsaved changes in the editor/);
  const mixed = await fileWith(test, "a\r\nb\r\nc\n");
  await openEditor(test, mixed);
  await runTool(edit, replace(mixed, "c", "C"));
  assert.equal(await readFile(mixed, "utf8"), "a\r\nb\r\nC\n");
});

test("What the editor changes when it saves is told", async (test) => {
  const path = await fileWith(test, "one\n");
  await changeSettings(test, { "files.insertFinalNewline": true, "files.trimTrailingWhitespace": true });
  await openEditor(test, path);
  const { text } = await runTool(write, { path, content: "two  \nthree" });
  assert.equal(await readFile(path, "utf8"), "two\nthree\n");
  assert.match(text, /The editor changed the text further when it saved it, as its settings say:\n@@ .*\n-two {2}\n/s);
});
