import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { DiskFiles } from "../../src/headless/disk-files.ts";
import { createEditFile } from "../../src/tools/edit-file.ts";
import { createWriteFile } from "../../src/tools/write-file.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { EditorChangeDiagnostics } from "../../src/vscode/files/editor-change-diagnostics.ts";
import { EditorFiles } from "../../src/vscode/files/editor-files.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";

/** Patience for a slow machine; what is waited for ends it early. */
const patient = { first: 10_000, quiet: 400, most: 20_000 };
const ports = [
  new EditorWorkspace(),
  new EditorFiles(new DiskFiles()),
  openGuard,
  new EditorChangeDiagnostics(patient),
] as const;
const edit = createEditFile(...ports);
const write = createWriteFile(...ports);

/** A language that calls every "TODO n" an error and every "hint" one of its own; only of texts that are open, as most do. */
function reporting(test: TestContext): void {
  const collection = vscode.languages.createDiagnosticCollection("test");
  const look = (document: vscode.TextDocument): void => {
    if (!document.uri.fsPath.endsWith(".problems")) return;
    const found = [...document.getText().matchAll(/TODO \d+|hint/g)].map((match) => {
      const at = document.positionAt(match.index);
      const severity = match[0] === "hint" ? vscode.DiagnosticSeverity.Hint : vscode.DiagnosticSeverity.Error;
      const diagnostic = new vscode.Diagnostic(new vscode.Range(at, at), `${match[0]} is left`, severity);
      return Object.assign(diagnostic, { source: "todo", code: 7 });
    });
    collection.set(document.uri, found);
  };
  const subscriptions = [
    collection,
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  ];
  test.after(() => vscode.Disposable.from(...subscriptions).dispose());
}

/** In the workspace, so that VS Code watches it. */
async function fileWith(test: TestContext, name: string, content: string): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail("no folder is open");
  const uri = vscode.Uri.joinPath(folder, "src", name);
  test.after(() => vscode.workspace.fs.delete(uri));
  await writeFile(uri.fsPath, content);
  return join("src", name);
}

test("What a change of a closed file brings is told, not what was there before, wherever it moved to", async (test) => {
  reporting(test);
  const path = await fileWith(test, "closed.problems", "TODO 1\nhint\n");
  const { text, title } = await runTool(edit, { path, edits: [{ old_text: "TODO 1", new_text: "a\nTODO 1\nTODO 2" }] });
  assert.equal(title, "Edited src/closed.problems, +2 −0, 1 new problem");
  assert.match(text, /after this change:\n- line 3, error: TODO 2 is left \(todo 7\)$/);
});

test("What a change of an open editor or a new file brings is told", async (test) => {
  reporting(test);
  const path = await fileWith(test, "open.problems", "TODO 1\n");
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder?.uri ?? assert.fail(), path));
  test.after(() => vscode.commands.executeCommand("workbench.action.closeActiveEditor"));
  const edited = await runTool(edit, { path, edits: [{ old_text: "TODO 1", new_text: "TODO 1 TODO 1 TODO 3" }] });
  assert.match(
    edited.text,
    /:\n- line 1, error: TODO 1 is left \(todo 7\)\n- line 1, error: TODO 3 is left \(todo 7\)$/,
  );
  const created = join("src", "new.problems");
  test.after(() => vscode.workspace.fs.delete(vscode.Uri.joinPath(folder?.uri ?? assert.fail(), created)));
  const { title } = await runTool(write, { path: created, content: "TODO 9\n" });
  assert.equal(title, "Created src/new.problems, 1 line, 1 new problem");
});

test("A change that a stopped turn makes does not wait for a language", async (test) => {
  const path = await fileWith(test, "plain.txt", "one\n");
  const stop = new AbortController();
  const call = await edit.prepare({ path, edits: [{ old_text: "one", new_text: "two" }] }, stop.signal);
  const run = call.run({ signal: stop.signal, output: () => undefined });
  stop.abort();
  await assert.rejects(run, { name: "AbortError" });
});

test("A turn that is stopped while a language looks at its change has made it all the same", async (test) => {
  const path = await fileWith(test, "late.txt", "one\n");
  const stop = new AbortController();
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const place = vscode.Uri.joinPath(folder?.uri ?? assert.fail(), path).fsPath;
  const { result } = await new EditorChangeDiagnostics().around(
    { path: place, canonical: place },
    async () => {
      await writeFile(place, "two\n");
      stop.abort();
      return "changed";
    },
    stop.signal,
  );
  assert.equal(result, "changed");
});
