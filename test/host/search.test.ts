import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as vscode from "vscode";
import { createSearchFiles } from "../../src/tools/search-files.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { findRipgrep } from "../../src/vscode/find-ripgrep.ts";
import { assertEnginesAgree } from "../support/engines-agree.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { changeSettings } from "./change-settings.ts";

const search = createSearchFiles(new EditorWorkspace(), findRipgrep, openGuard);

test("The editor's own ripgrep is found below its installation", async () => {
  const found = await findRipgrep(new EditorWorkspace().folders());

  assert.equal(found?.source, "editor");
  assert.ok(found.path.startsWith(vscode.env.appRoot), found.path);
});

test("search_files finds a definition in the open workspace", async () => {
  const { title, text } = await runTool(search, { pattern: "export function retryDelayMilliseconds", path: "src" });

  assert.equal(title, 'Searched for "export function retryDelayMilliseconds" in src, 1 result in 1 file');
  assert.match(
    text,
    /^1 result in 1 file\n\nsrc\/http\/retry-delay\.ts\n {2}\d+: export function retryDelayMilliseconds\(/,
  );
});

test("search_files leaves out what the workspace's .gitignore names unless asked", async () => {
  const plain = await runTool(search, { pattern: "{", glob: "build/**" });
  const all = await runTool(search, { pattern: "{", glob: "build/**", includeIgnored: true });

  assert.match(plain.text, /^0 results/);
  assert.match(all.text, /\nbuild\//);
});

test("The editor's ripgrep and the slow engine answer the same on generated trees", async (context) => {
  const found = await findRipgrep([]);
  assert.ok(found);

  const lines = await assertEnginesAgree(found.path, await temporaryFolder(context), ["", "src", "src/a.ts"]);

  assert.ok(lines > 300, `only ${lines} lines were found`);
});

test("search_files names an editor whose unsaved changes it has not seen, and read_file reads them under any path", async (context) => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail("no folder is open");
  const uri = vscode.Uri.joinPath(folder, "src", "config.ts");
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  context.after(() => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));
  // After the line above: what is unsaved when it is turned on again is saved.
  await changeSettings(context, { "files.autoSave": "off" });
  const typed = new vscode.WorkspaceEdit();
  typed.insert(uri, new vscode.Position(0, 0), "// unsaved needle\n");
  await vscode.workspace.applyEdit(typed);
  const { text } = await runTool(search, { pattern: "unsaved needle" });
  assert.match(text, /^0 results .*that read_file shows: src\/config\.ts\)/);
  const link = join(await temporaryFolder(context), "link");
  await symlink(folder.fsPath, link);
  assert.match(new EditorWorkspace().unsavedText(join(link, "src", "config.ts")) ?? "", /^\/\/ unsaved needle/);
});
