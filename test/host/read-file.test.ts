import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as vscode from "vscode";
import { createReadFile } from "../../src/tools/read-file.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";
import { changeSettings } from "./change-settings.ts";

const workspace = new EditorWorkspace();
const read = createReadFile(workspace, openGuard);

function pathOf(relative: string): string {
  const [folder] = workspace.folders();
  assert.ok(folder, "no folder is open");
  return join(folder.path, relative);
}

test("read_file gives a saved file from the disk", async () => {
  const { text } = await runTool(read, { path: "src/http/retry-delay.ts", startLine: 1, endLine: 1 });

  assert.match(text, /^src\/http\/retry-delay\.ts \(lines 1-1 of \d+\)\n1\t/);
});

test("read_file gives unsaved text of an editor instead of what the disk has", async (context) => {
  await changeSettings(context, { "files.autoSave": "off" });
  const document = await vscode.workspace.openTextDocument(pathOf("package.json"));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), "// unsaved\n");
  await vscode.workspace.applyEdit(edit);
  try {
    const { text } = await runTool(read, { path: "package.json", endLine: 2 });

    const [header, first, second] = text.split("\n");
    assert.match(header ?? "", /^package\.json \(lines 1-2 of \d+, with unsaved changes in the editor\)$/);
    assert.deepEqual([first, second], ["1\t// unsaved", "2\t{"]);
  } finally {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  }
  const { text } = await runTool(read, { path: "package.json", endLine: 1 });
  assert.match(text, /^package\.json \(lines 1-1 of \d+\)\n1\t\{$/);
});
