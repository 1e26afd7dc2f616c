import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import * as vscode from "vscode";
import { createGetDiagnostics } from "../../src/tools/get-diagnostics.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { EditorDiagnostics } from "../../src/vscode/language/editor-diagnostics.ts";
import { openGuard } from "../support/open-guard.ts";
import { runTool } from "../support/run-tool.ts";

const workspace = new EditorWorkspace();
const tool = createGetDiagnostics({ workspace, guard: openGuard, diagnostics: new EditorDiagnostics() });

const root = workspace.folders()[0]?.path ?? "";

async function write(context: TestContext, name: string, text: string): Promise<void> {
  const path = join(root, name);
  await writeFile(path, text);
  context.after(() => rm(path, { force: true }));
}

/** Shows a file and waits until there are problems of it. */
async function untilReported(name: string): Promise<void> {
  const uri = vscode.Uri.file(join(root, name));
  const reported = new Promise<void>((resolve) => {
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (vscode.languages.getDiagnostics(uri).length === 0) return;
      listener.dispose();
      resolve();
    });
  });
  await vscode.window.showTextDocument(uri);
  await reported;
}

test("get_diagnostics has TypeScript look at a file that is in no tab", async (context) => {
  await write(context, "src/wrong-example.ts", 'export const count: number = "one";\nfunction unused() {}\n');

  const { text } = await runTool(tool, { path: "src/wrong-example.ts", severity: "error" });
  const all = await runTool(tool, { path: "src/wrong-example.ts" });

  assert.equal(
    text,
    "1 problem in src/wrong-example.ts: 1 error (nothing below error is listed)\n\nsrc/wrong-example.ts:1:14: error: Type 'string' is not assignable to type 'number'. (ts 2322)",
  );
  assert.match(
    all.text,
    /\nsrc\/wrong-example\.ts:2:10: hint: 'unused' is declared but its value is never read\. \(ts 6133\)$/,
  );
  assert.equal(
    (await runTool(tool, { path: "src/http/retry-delay.ts" })).text,
    "0 problems in src/http/retry-delay.ts",
  );
});

test("get_diagnostics lists what the JSON extension reports of a file in a tab, also with the workspace", async (context) => {
  await write(context, "data/wrong-example.json", '{ "a": 1,, }\n');
  await untilReported("data/wrong-example.json");

  const { text } = await runTool(tool, { path: "data/wrong-example.json" });
  const whole = await runTool(tool, {});

  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  assert.match(text, /^\d problems? in data\/wrong-example\.json: .*\n\ndata\/wrong-example\.json:1:10: error: /);
  assert.match(whole.text, /^\d+ problems? in the workspace: .*\n(?:.*\n)*data\/wrong-example\.json:1:10: error: /);
});

test("get_diagnostics says of a file that no extension looks at it", async () => {
  const { text } = await runTool(tool, { path: "data/depots.csv" });

  assert.equal(text, "0 problems in data/depots.csv (no language extension looks at .csv files)");
});
