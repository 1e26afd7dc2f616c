import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createFindReferences } from "../../../../src/tools/language/find-references.ts";
import { createGetDefinition } from "../../../../src/tools/language/get-definition.ts";
import { answered, type FakeAnswers, FakeLanguage, placeIn } from "../../../support/fake-language.ts";
import { fixedWorkspace } from "../../../support/fixed-workspace.ts";
import { runTool } from "../../../support/run-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testPolicy } from "../../../support/test-policy.ts";
import { writeTree } from "../../../support/write-tree.ts";

const files = {
  "src/a.ts": "export function delay() {\n  return 1;\n}\n",
  "src/b.ts": 'import { delay } from "./a.ts";\r\n\r\n  delay();\r\n',
  "private/c.ts": "delay();\n",
  ".env": "delay=1\n",
  ".outcropignore": "private/\n",
};

interface Opened {
  readonly root: string;
  readonly language: FakeLanguage;
  readonly references: ReturnType<typeof createFindReferences>;
  readonly definition: ReturnType<typeof createGetDefinition>;
}

async function open(
  context: TestContext,
  answers: (root: string) => FakeAnswers,
  tree: Readonly<Record<string, string>> = files,
): Promise<Opened> {
  const root = await temporaryFolder(context);
  await writeTree(root, tree);
  const given = answers(root);
  const language = new FakeLanguage(given);
  const guard = testPolicy({ folders: [root] }).policy.files;
  const ports = { workspace: fixedWorkspace([root], given.unsaved), language, guard };
  return { root, language, references: createFindReferences(ports), definition: createGetDefinition(ports) };
}

test("References are listed file by file with their lines, sorted, each once", async (context) => {
  const { root, language, references } = await open(context, (folder) => ({
    places: answered(
      placeIn(join(folder, "src/b.ts"), 3),
      placeIn(join(folder, "src/a.ts"), 1),
      placeIn(join(folder, "src/b.ts"), 1),
      placeIn(join(folder, "src/b.ts"), 1),
    ),
  }));

  const { call, title, text } = await runTool(references, { path: "src/b.ts", line: 3, symbol: "delay" });

  assert.deepEqual(language.asked, [{ path: join(root, "src/b.ts"), line: 3, character: 2 }]);
  assert.equal(call.effect, "read");
  assert.deepEqual(call.targets, [{ path: join(root, "src/b.ts"), access: "read", canonical: join(root, "src/b.ts") }]);
  assert.equal(call.title, "Finding references of delay");
  assert.equal(title, "Looked for references of delay, 3 references in 2 files");
  assert.equal(
    text,
    '3 references of delay (src/b.ts, line 3) in 2 files\n\nsrc/a.ts:1  export function delay() {\n\nsrc/b.ts:1  import { delay } from "./a.ts";\nsrc/b.ts:3  delay();',
  );
});

test("Nothing is told of places in secret and ignored files, and of those outside only where they are", async (context) => {
  const outside = await temporaryFolder(context);
  await writeTree(outside, { "lib.d.ts": "declare function delay(): void;\n", "server.pem": "delay" });
  const { references } = await open(context, (folder) => ({
    places: answered(
      ...[".env", "private/c.ts", "src/a.ts"].map((path) => placeIn(join(folder, path), 1)),
      ...["lib.d.ts", "server.pem"].map((path) => placeIn(join(outside, path), 1)),
      placeIn("jdt://contents/rt.jar/Object.class", 7, { isOnDisk: false }),
    ),
  }));

  const { text } = await runTool(references, { path: "src/a.ts", line: 1, symbol: "delay" });

  assert.match(text, /^3 references of delay \(src\/a\.ts, line 1\) in 3 files\n/);
  assert.deepEqual(
    text
      .split("\n")
      .slice(1)
      .filter((line) => line !== "")
      .toSorted(),
    [
      `${join(outside, "lib.d.ts")}:1  (outside the workspace)`,
      "jdt://contents/rt.jar/Object.class:7  (outside the workspace)",
      "src/a.ts:1  export function delay() {",
    ],
  );
});

test("Secrets on a line are masked", async (context) => {
  const key = "AKIAQ3EGRK7ZXPLM5TQD";
  const { references } = await open(context, (folder) => ({ places: answered(placeIn(join(folder, "a.ts"), 1)) }), {
    "a.ts": `const accessKey = "${key}";\n`,
  });

  const { text } = await runTool(references, { path: "a.ts", line: 1, symbol: "accessKey" });

  assert.match(text, /a\.ts:1 {2}const accessKey = "\[redacted:/);
  await assert.rejects(runTool(references, { path: "a.ts", line: 1, symbol: key }), /is not in a\.ts/);
});

test("A definition is told with its extent; what an editor has unsaved counts", async (context) => {
  const { definition } = await open(context, (folder) => ({
    places: answered(placeIn(join(folder, "src/a.ts"), 2, { endLine: 4 })),
    unsaved: new Map([[join(folder, "src/a.ts"), "// new\nexport function delay() {\n  return 2;\n}\n"]]),
  }));

  const { text } = await runTool(definition, { path: "src/a.ts", line: 2, symbol: "delay" });

  assert.equal(text, "1 definition of delay (src/a.ts, line 2) in 1 file\n\nsrc/a.ts:2-4  export function delay() {");
});

test("No answer, one that is late, and none at all read differently", async (context) => {
  const ask = async (places: FakeAnswers["places"]) => {
    const { references } = await open(context, () => (places === undefined ? {} : { places }));
    return (await runTool(references, { path: "src/a.ts", line: 1, symbol: "delay" })).text;
  };

  assert.equal(await ask(undefined), "No language extension answers for .ts; use search_files.");
  assert.equal(
    await ask({ kind: "starting", seconds: 20, found: [] }),
    "0 references of delay (src/a.ts, line 1). But a language extension was still starting after 20 seconds: ask again in a moment, or use search_files.",
  );
  assert.match(await ask(answered()), /^0 references of delay \(src\/a\.ts, line 1\)\. Perhaps the name on that line/);
});

test("A long list is whole", async (context) => {
  const lines = 20_000;
  const { references } = await open(
    context,
    (folder) => ({
      places: answered(...Array.from({ length: lines }, (_, index) => placeIn(join(folder, "a.ts"), index + 1))),
    }),
    { "a.ts": "delay();\n".repeat(lines) },
  );

  const { text } = await runTool(references, { path: "a.ts", line: 1, symbol: "delay" });

  assert.match(text, /^20000 references of delay \(a\.ts, line 1\) in 1 file\n/);
  assert.equal(text.split("\n").filter((line) => line.startsWith("a.ts:")).length, lines);
});

test("Stop ends the wait with its reason", async (context) => {
  const { references, language } = await open(context, () => ({ places: "never" }));
  const controller = new AbortController();
  const run = runTool(references, { path: "src/a.ts", line: 1, symbol: "delay" }, controller.signal);
  while (language.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));

  const reason = new Error("stopped");
  controller.abort(reason);

  await assert.rejects(run, reason);
});

test("A file that is not there, a folder and bad input are refused", async (context) => {
  const { references } = await open(context, () => ({}));
  const refused = (input: unknown, message: RegExp) => assert.rejects(runTool(references, input), message);

  await refused({ path: "src/c.ts", line: 1, symbol: "x" }, /src\/c\.ts does not exist\. Similar names beside it/);
  await refused({ path: "src", line: 1, symbol: "x" }, /E_PATH src is a folder/);
  await refused({ path: "src/a.ts", line: 0, symbol: "x" }, /E_SCHEMA/);
  await refused({ path: "src/a.ts", line: 1 }, /E_SCHEMA/);
});
