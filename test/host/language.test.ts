import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as vscode from "vscode";
import { createPathContext } from "../../src/policy/paths/path-context.ts";
import { FileGuard } from "../../src/policy/redaction/file-guard.ts";
import { Redactor } from "../../src/policy/redaction/redactor.ts";
import { createFindReferences } from "../../src/tools/language/find-references.ts";
import { createFindSymbols } from "../../src/tools/language/find-symbols.ts";
import { createGetDefinition } from "../../src/tools/language/get-definition.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { EditorLanguage } from "../../src/vscode/language/editor-language.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";
import { changeSettings } from "./change-settings.ts";

const workspace = new EditorWorkspace();
const root = workspace.folders()[0]?.path ?? "";
// The policy's own guard, so that what is outside the workspace is known to be.
const guard = new FileGuard(createPathContext({ folders: () => [root] }), new Redactor());
const ports = { workspace, language: new EditorLanguage(), guard };
const references = createFindReferences(ports);
const definition = createGetDefinition(ports);
const symbols = createFindSymbols(ports);

test("find_references gives every use in the project, also as the first thing that a window is asked", async () => {
  const { text } = await runTool(references, {
    path: "src/http/retry-delay.ts",
    line: 8,
    symbol: "retryDelayMilliseconds",
  });

  assert.equal(
    text,
    [
      "6 references of retryDelayMilliseconds (src/http/retry-delay.ts, line 8) in 3 files\n",
      'src/http/client.ts:3  import { retryDelayMilliseconds } from "./retry-delay.ts";',
      "src/http/client.ts:30  await wait(retryAfterMilliseconds(response) ?? retryDelayMilliseconds(attempt));\n",
      "src/http/retry-delay.ts:8  export function retryDelayMilliseconds(attempt: number): number {\n",
      'test/retry-delay.test.ts:3  import { retryDelayMilliseconds } from "../src/http/retry-delay.ts";',
      "test/retry-delay.test.ts:6  assert.deepEqual([1, 2, 3, 4].map(retryDelayMilliseconds), [500, 1000, 2000, 4000]);",
      "test/retry-delay.test.ts:10  assert.equal(retryDelayMilliseconds(12), 30_000);",
    ].join("\n"),
  );
});

test("get_definition leads into another file, and names one in a library without its text", async () => {
  const own = await runTool(definition, { path: "src/http/client.ts", line: 30, symbol: "retryDelayMilliseconds" });
  const library = await runTool(definition, { path: "src/http/retry-delay.ts", line: 10, symbol: "Math.min" });

  assert.match(own.text, /\n\nsrc\/http\/retry-delay\.ts:8-11 {2}export function retryDelayMilliseconds\(/);
  assert.match(library.text, /^1 definition .*\n\n\/.*\/lib\.es5\.d\.ts:\d+ {2}\(outside the workspace\)$/);
});

test("find_symbols finds by name in the workspace and lists the outline of a file", async () => {
  const found = await runTool(symbols, { query: "retryDelay" });
  const outline = await runTool(symbols, { path: "src/http/client.ts" });

  assert.match(
    found.text,
    /^1 symbol with "retryDelay" in 1 file\n\nsrc\/http\/retry-delay\.ts:8-11 {2}\[function retryDelayMilliseconds\(\)\] export function/,
  );
  assert.match(
    outline.text,
    /\nsrc\/http\/client\.ts:7-9 {2}\[interface HttpClient\] export interface HttpClient \{\n/,
  );
  assert.match(outline.text, /\nsrc\/http\/client\.ts:8 {4}\[method getJson\] getJson\(url: string\)/);
});

test("find_symbols lists the outlines of Markdown and JSON, and says that nobody answers for CSV", async () => {
  const markdown = await runTool(symbols, { path: "docs/architecture.md" });
  const json = await runTool(symbols, { path: "package.json", query: "scripts" });
  const csv = await runTool(symbols, { path: "data/depots.csv" });

  assert.match(markdown.text, /\ndocs\/architecture\.md:1-\d+ {2}\[string # Architecture\] # Architecture\n/);
  assert.match(json.text, /^1 symbol with "scripts" in 1 file\n\npackage\.json:\d+-\d+ {2}\[module scripts\]/);
  assert.equal(csv.text, "No language extension answers for .csv; use search_files.");
});

test("What an editor has unsaved counts for positions and for lines", async (context) => {
  await changeSettings(context, { "files.autoSave": "off" });
  const path = join(root, "src", "unsaved-example.ts");
  await writeFile(path, "\uFEFFexport const first = 1;\r\n");
  context.after(() => rm(path, { force: true }));
  const document = await vscode.workspace.openTextDocument(path);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), "const added = 2;\r\nexport const sum = added + 1;\r\n");
  await vscode.workspace.applyEdit(edit);

  const { text } = await runTool(references, { path: "src/unsaved-example.ts", line: 2, symbol: "added" });

  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  assert.match(
    text,
    /^2 references .*\n\nsrc\/unsaved-example\.ts:1 {2}const added = 2;\nsrc\/unsaved-example\.ts:2 {2}export const sum = added \+ 1;$/,
  );
});

test("A name on another line is told by that line, and Stop ends a question", async () => {
  await assert.rejects(runTool(references, { path: "src/http/client.ts", line: 1, symbol: "retryDelayMilliseconds" }), {
    name: "ToolError",
    message: "retryDelayMilliseconds is not on line 1 of src/http/client.ts. It is on lines 3, 30.",
  });
  const reason = new Error("stopped");
  const fresh = { ...ports, language: new EditorLanguage(), guard: openGuard };
  await assert.rejects(runTool(createFindSymbols(fresh), { query: "retry" }, AbortSignal.abort(reason)), reason);
});
