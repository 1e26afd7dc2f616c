import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { untilAborted } from "../../../src/agent/until-aborted.ts";
import type { Diagnostic, FileDiagnostics } from "../../../src/tools/diagnostics.ts";
import { createGetDiagnostics } from "../../../src/tools/get-diagnostics.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { testPolicy } from "../../support/test-policy.ts";
import { writeTree } from "../../support/write-tree.ts";

function problem(path: string, line: number, changes: Partial<Diagnostic> = {}): Diagnostic {
  return { path, line, column: 5, severity: "error", message: "Wrong", ...changes };
}

async function open(
  context: TestContext,
  known: (file: (path: string) => string) => readonly Diagnostic[],
  certainty: FileDiagnostics["certainty"] | "never" = "reported",
) {
  const root = await temporaryFolder(context);
  await writeTree(root, {
    "src/a.ts": "a",
    "src/b.ts": "b",
    "docs/c.md": "c",
    ".env": "K=v",
    ".outcropignore": "docs/",
  });
  const all = known((path) => join(root, path));
  const tool = createGetDiagnostics({
    workspace: fixedWorkspace([root]),
    guard: testPolicy({ folders: [root] }).policy.files,
    diagnostics: {
      all: () => all,
      ofFile: async (path, signal) =>
        certainty === "never"
          ? untilAborted(new Promise<never>(() => undefined), signal)
          : { diagnostics: all.filter((one) => one.path === path), certainty },
    },
  });
  return { root, tool };
}

const openFiles = "many extensions report only files that are open; name a file to have it looked at";

test("The workspace's problems come the most severe first, then by path and place, with source and code", async (context) => {
  const { root, tool } = await open(context, (file) => [
    problem(file("src/b.ts"), 2, { severity: "hint", message: "Unused", source: "ts", code: "6133" }),
    problem(file("src/b.ts"), 9, { message: "Type 'a' is\n  not\r\n    type 'b'.", source: "ts", code: "2322" }),
    problem(file("src/a.ts"), 7, { severity: "warning", source: "eslint" }),
    problem(file("src/a.ts"), 30),
    problem(file("src/a.ts"), 4, { severity: "information" }),
  ]);

  const { call, title, text } = await runTool(tool, {});

  assert.deepEqual([call.effect, call.targets], ["read", [{ path: root }]]);
  assert.equal(title, "Got problems of the workspace, 2 errors, 1 warning, 1 information, 1 hint");
  assert.deepEqual(text.split("\n"), [
    `5 problems in the workspace: 2 errors, 1 warning, 1 information, 1 hint (${openFiles})`,
    "",
    "src/a.ts:30:5: error: Wrong",
    "src/b.ts:9:5: error: Type 'a' is not type 'b'. (ts 2322)",
    "src/a.ts:7:5: warning: Wrong (eslint)",
    "src/a.ts:4:5: information: Wrong",
    "src/b.ts:2:5: hint: Unused (ts 6133)",
  ]);
});

test("A severity leaves out what is less severe, a path all other places", async (context) => {
  const { root, tool } = await open(context, (file) => [
    problem(file("src/a.ts"), 1, { severity: "warning" }),
    problem(file("src/a.ts"), 2, { severity: "hint" }),
    problem(file("other.ts"), 3),
  ]);

  const file = await runTool(tool, { path: "src/a.ts", severity: "warning" });
  const folder = await runTool(tool, { path: "src" });

  assert.deepEqual(file.call.targets, [
    { path: join(root, "src/a.ts"), access: "read", canonical: join(root, "src/a.ts") },
  ]);
  assert.equal(
    file.text,
    "1 problem in src/a.ts: 1 warning (nothing below warning is listed)\n\nsrc/a.ts:1:5: warning: Wrong",
  );
  assert.match(folder.text, /^2 problems in src: 1 warning, 1 hint \(many extensions/);
});

test("Nothing is told of problems in secret and ignored files and outside", async (context) => {
  const { tool } = await open(context, (file) => [
    ...[".env", "docs/c.md", "src/a.ts"].map((path) => problem(file(path), 1)),
    problem("/etc/hosts", 1),
  ]);

  assert.equal(
    (await runTool(tool, {})).text,
    `1 problem in the workspace: 1 error (${openFiles})\n\nsrc/a.ts:1:5: error: Wrong`,
  );
});

test("No problem, one that may not be known yet, and a language that nobody looks at read differently", async (context) => {
  const text = async (certainty: FileDiagnostics["certainty"]) =>
    (await runTool((await open(context, () => [], certainty)).tool, { path: "src/a.ts" })).text;

  assert.equal(await text("reported"), "0 problems in src/a.ts");
  assert.equal(
    await text("unknown"),
    "0 problems in src/a.ts (no extension has reported on the file; some look only at files that are open in a tab)",
  );
  assert.equal(await text("unanswered"), "0 problems in src/a.ts (no language extension looks at .ts files)");
});

test("A long list is whole, but for messages beyond measure, and says what makes it shorter", async (context) => {
  const { tool } = await open(context, (file) =>
    Array.from({ length: 5000 }, (_, index) => problem(file("src/a.ts"), index + 1, { message: "x".repeat(2000) })),
  );

  const { text, whenCut } = await runTool(tool, {});

  const lines = text.split("\n").slice(2);
  assert.match(text, /^5000 problems in the workspace: 5000 errors \(many extensions /);
  assert.deepEqual([lines.length, whenCut], [5000, "With a path or a severity there are fewer."]);
  assert.ok(lines.every((line) => line.length < 600));
});

test("Stop ends the wait for a report with its reason; what is no file is refused", async (context) => {
  const { tool } = await open(context, () => [], "never");
  const controller = new AbortController();
  const reason = new Error("stopped");
  const call = await tool.prepare({ path: "src/a.ts" }, controller.signal);
  const run = call.run({ signal: controller.signal, output: () => undefined });

  controller.abort(reason);

  await assert.rejects(run, reason);
  await assert.rejects(runTool(tool, { path: "src/none.ts" }), /does not exist/);
  await assert.rejects(runTool(tool, { severity: "fatal" }), /E_SCHEMA/);
});
