import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ToolError } from "../../../../src/agent/tool.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../../src/protocol/approval.ts";
import { setLanguage } from "../../../../src/protocol/localize.ts";
import { ContextReader } from "../../../../src/tools/context/read-context.ts";
import { reasonForUser } from "../../../../src/tools/context/run-gated.ts";
import { createGetChanges } from "../../../../src/tools/get-changes.ts";
import { createGetDiagnostics } from "../../../../src/tools/get-diagnostics.ts";
import { createListFiles } from "../../../../src/tools/list-files.ts";
import { createReadFile } from "../../../../src/tools/read-file.ts";
import { FakeRepositories } from "../../../support/fake-repositories.ts";
import { answeringTool } from "../../../support/fake-tool.ts";
import { fixedWorkspace } from "../../../support/fixed-workspace.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testPolicy } from "../../../support/test-policy.ts";
import { writeTree } from "../../../support/write-tree.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function open(
  context: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { readonly isTrusted?: boolean; readonly answer?: "allow" | "skip"; readonly patch?: string } = {},
) {
  const root = await temporaryFolder(context);
  await writeTree(root, files);
  const { policy, entries } = testPolicy({ folders: [root], isTrusted: () => options.isTrusted ?? true });
  const asked: string[] = [];
  const ask = async ({ title }: ApprovalRequest): Promise<ApprovalDecision> => {
    asked.push(title);
    return options.answer === "allow" ? { kind: "allow" } : { kind: "skip", feedback: "" };
  };
  const gate = policy.createContextGate(ask, () => undefined);
  const guard = policy.files;
  const workspace = fixedWorkspace([root]);
  const path = join(root, "a.ts");
  const diagnostics = {
    all: () => [{ path, line: 3, column: 1, severity: "error", message: "No such name." } as const],
    ofFile: async () => ({ diagnostics: [], certainty: "reported" }) as const,
  };
  const repositories = new FakeRepositories([{ root, patch: options.patch ?? "" }]);
  const tools = {
    readFile: createReadFile(workspace, guard),
    listFiles: createListFiles(workspace, async () => undefined, guard),
    getDiagnostics: createGetDiagnostics({ workspace, diagnostics, guard }),
    getChanges: createGetChanges({ workspace, repositories, guard }),
    fetchPage: answeringTool("fetch_page", ""),
  };
  return { root, reader: new ContextReader(tools, gate, new AbortController().signal), asked, entries, repositories };
}

const reason = (error: unknown): boolean => error instanceof ToolError && /^[A-Z].*\.$/.test(reasonForUser(error));

test("UX23 a file is what read_file tells of it, with its secrets masked", async (context) => {
  const key = "AKIAIOSFODNN7EXAMPLQ";
  const { reader, entries } = await open(context, { "src/a.ts": `const one = 1;\nconst key = "${key}";\n` });
  const { kind, label, path, detail, text } = await reader.file("src/a.ts");
  assert.deepEqual(
    { kind, label, path, detail },
    {
      ...{ kind: "file", label: "a.ts", path: "src/a.ts" },
      detail: "Read src/a.ts, lines 1–2 of 2",
    },
  );
  assert.match(text, /^src\/a\.ts \(lines 1-2 of 2\)\n1\tconst one = 1;\n2\tconst key = "\[redacted:/);
  assert.ok(!text.includes(key));
  assert.ok(entries.length > 0);
});

test("UX98 a chip says what was read in the display language", async (context) => {
  setLanguage("de", { "Read {0}, lines {1} of {2}": "{0} gelesen, Zeilen {1} von {2}" });
  context.after(() => setLanguage(undefined, {}));
  const { reader } = await open(context, { "a.ts": "one\ntwo\n" });
  assert.equal((await reader.file("a.ts")).detail, "a.ts gelesen, Zeilen 1–2 von 2");
});

test("C04 keys and what .outcropignore lists are not attached, and the user is told why", async (context) => {
  const { reader, asked } = await open(context, {
    ...{ id_rsa: "x", "private/a.md": "x", ".outcropignore": "private/\n" },
  });
  await assert.rejects(reader.file("id_rsa"), (error: unknown) => {
    assert.ok(error instanceof ToolError);
    assert.match(reasonForUser(error), /id_rsa holds keys or credentials\.$/);
    return true;
  });
  await assert.rejects(reader.file("private/a.md"), /\.outcropignore/);
  assert.deepEqual(asked, []);
});

test("A13 what lies outside the workspace is attached only after a question", async (context) => {
  const other = await temporaryFolder(context);
  await writeTree(other, { "b.txt": "outside" });
  const refused = await open(context, {});
  await assert.rejects(refused.reader.file(join(other, "b.txt")), reason);
  assert.deepEqual(refused.asked, [`Read ${join(other, "b.txt")}?`]);
  const allowed = await open(context, {}, { answer: "allow" });
  assert.match((await allowed.reader.file(join(other, "b.txt"))).text, /outside/);
});

test("F01 nothing of a workspace that is not trusted is attached", async (context) => {
  const { reader } = await open(context, { "a.ts": "x" }, { isTrusted: false });
  await assert.rejects(reader.file("a.ts"), /Restricted Mode/);
});

test("UX27 an image is a block of its own, by what it is and not by its name", async (context) => {
  const { reader } = await open(context, { "shot.png": png, "fake.png": "text" });
  const { kind, media } = await reader.file("shot.png");
  assert.deepEqual([kind, media?.image?.format, media?.image?.source?.bytes?.length], ["image", "png", png.length]);
  assert.equal((await reader.file("fake.png")).kind, "file");
});

test("UX23 a symbol is its lines, a folder its files, problems and changes what their tools tell", async (context) => {
  const patch = "diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-x\n+y\n";
  const { reader, repositories } = await open(context, { "a.ts": "1\n2\n3\n4\n", "sub/b.ts": "" }, { patch });
  const symbol = await reader.symbol("two", "a.ts", { startLine: 2, endLine: 3 });
  assert.deepEqual([symbol.kind, symbol.label, symbol.startLine, symbol.endLine], ["symbol", "two", 2, 3]);
  assert.match(symbol.text, /lines 2-3 of 4\)\n2\t2\n3\t3/);
  assert.equal((await reader.folder("sub")).text, "1 file in sub\n\nsub/b.ts");
  assert.match((await reader.problems()).text, /a\.ts:3:1: error: No such name\./);
  assert.match((await reader.changes()).text, /\+y/);
  assert.deepEqual(repositories.asked.length, 2);
});

test("what is not there is said in one sentence, without words for the model", async (context) => {
  const { reader } = await open(context, { "a.ts": "x" });
  const error: unknown = await reader.file("b.ts").catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ToolError);
  assert.equal(reasonForUser(error), "b.ts does not exist.");
});
