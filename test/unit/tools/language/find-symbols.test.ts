import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createFindSymbols } from "../../../../src/tools/language/find-symbols.ts";
import type { CodeSymbol } from "../../../../src/tools/language/language.ts";
import { answered, FakeLanguage, placeIn } from "../../../support/fake-language.ts";
import { fixedWorkspace } from "../../../support/fixed-workspace.ts";
import { runTool } from "../../../support/run-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testPolicy } from "../../../support/test-policy.ts";
import { writeTree } from "../../../support/write-tree.ts";

const code = "class Queue {\n  poll() { const a = 1; }\n}\nfunction pollQueue() {}\n";

function symbolOf(
  name: string,
  kind: string,
  place: CodeSymbol["place"],
  changes: Partial<CodeSymbol> = {},
): CodeSymbol {
  return { name, kind, place, container: "", depth: 0, ...changes };
}

async function open(context: TestContext, symbols: (file: (path: string) => string) => Parameters<typeof create>[1]) {
  const root = await temporaryFolder(context);
  await writeTree(root, {
    "src/queue.ts": code,
    "id_rsa.ts": code,
    ".outcropignore": "hidden.ts\n",
    "hidden.ts": code,
  });
  return create(
    root,
    symbols((path) => join(root, path)),
  );
}

function create(root: string, symbols: NonNullable<ConstructorParameters<typeof FakeLanguage>[0]["symbols"]>) {
  const language = new FakeLanguage({ symbols });
  const guard = testPolicy({ folders: [root] }).policy.files;
  return { root, tool: createFindSymbols({ workspace: fixedWorkspace([root]), language, guard }), language };
}

test("A query lists symbols of the workspace, the nearest names first", async (context) => {
  const { root, tool, language } = await open(context, (file) =>
    answered(
      symbolOf("pollQueue", "function", placeIn(file("src/queue.ts"), 4)),
      symbolOf("poll", "method", placeIn(file("src/queue.ts"), 2), { container: "Queue" }),
      symbolOf("poll", "method", placeIn(file("hidden.ts"), 2)),
      symbolOf("poll", "method", placeIn(file("id_rsa.ts"), 2)),
    ),
  );

  const { call, title, text } = await runTool(tool, { query: "poll" });

  assert.deepEqual(language.asked, ["poll"]);
  assert.deepEqual([call.effect, call.targets], ["read", [{ path: root }]]);
  assert.equal(title, 'Looked for symbols "poll", 2 symbols in 1 file');
  assert.equal(
    text,
    '2 symbols with "poll" in 1 file\n\nsrc/queue.ts:2  [method poll in Queue] poll() { const a = 1; }\nsrc/queue.ts:4  [function pollQueue] function pollQueue() {}',
  );
});

test("A path lists the outline of the file, without what stands on the line of what it is in", async (context) => {
  const { root, tool, language } = await open(context, (file) =>
    answered(
      symbolOf("Queue", "class", placeIn(file("src/queue.ts"), 1, { endLine: 3 })),
      symbolOf("poll", "method", placeIn(file("src/queue.ts"), 2), { depth: 1 }),
      symbolOf("a", "constant", placeIn(file("src/queue.ts"), 2), { depth: 2 }),
      symbolOf("pollQueue", "function", placeIn(file("src/queue.ts"), 4)),
    ),
  );

  const outline = await runTool(tool, { path: "src/queue.ts" });
  const chosen = await runTool(tool, { path: "src/queue.ts", query: "A" });

  assert.deepEqual(language.asked, [join(root, "src/queue.ts"), join(root, "src/queue.ts")]);
  assert.deepEqual(
    outline.call.targets.map(({ path }) => path),
    [join(root, "src/queue.ts")],
  );
  assert.equal(
    outline.text,
    "3 symbols of src/queue.ts in 1 file\n\nsrc/queue.ts:1-3  [class Queue] class Queue {\nsrc/queue.ts:2    [method poll] poll() { const a = 1; }\nsrc/queue.ts:4  [function pollQueue] function pollQueue() {}",
  );
  assert.match(chosen.text, /^1 symbol with "A" in 1 file\n\nsrc\/queue\.ts:2 {6}\[constant a\]/);
});

test("What was found while an extension still starts is told as not all", async (context) => {
  const { tool } = await open(context, (file) => ({
    kind: "starting",
    seconds: 20,
    found: [symbolOf("poll", "method", placeIn(file("src/queue.ts"), 2))],
  }));

  const { text } = await runTool(tool, { query: "poll" });

  assert.match(
    text,
    /^1 symbol with "poll" in 1 file \(a language extension was still starting after 20 seconds: there may be more\)\n/,
  );
});

test("Without extensions, without anything found and without a question the result says what helps", async (context) => {
  const none = await open(context, () => ({ kind: "unanswered", language: "" }));
  const nothing = await open(context, () => answered());

  assert.equal(
    (await runTool(none.tool, { query: "poll" })).text,
    "No language extension answers for the files of this workspace; use search_files.",
  );
  assert.equal(
    (await runTool(nothing.tool, { query: "poll" })).text,
    '0 symbols with "poll". search_files finds text.',
  );
  assert.equal((await runTool(nothing.tool, { path: "src/queue.ts" })).text, "0 symbols of src/queue.ts.");
  await assert.rejects(runTool(nothing.tool, {}), /^ToolError: Give a query, or the path of a file/);
});

test("Without an open folder there is nothing to look through", async () => {
  const tool = createFindSymbols({
    workspace: fixedWorkspace([]),
    language: new FakeLanguage({}),
    guard: testPolicy().policy.files,
  });

  await assert.rejects(runTool(tool, { query: "poll" }), /^ToolError: E_OUTSIDE No folder is open/);
});
