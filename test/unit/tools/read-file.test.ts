import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { symlink, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { createReadFile } from "../../../src/tools/read-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const numbers = Array.from({ length: 120 }, (_, index) => `line ${index + 1}\n`).join("");

async function open(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>) {
  const root = await temporaryFolder(context);
  await writeTree(root, files);
  return { root, read: createReadFile(fixedWorkspace([root]), openGuard) };
}

test("read_file numbers the lines of the range that was asked for", async (context) => {
  const { root, read } = await open(context, { "src/a.ts": numbers });

  const { call, title, text } = await runTool(read, { path: "src/a.ts", startLine: 1, endLine: 40 });

  assert.equal(call.title, "Reading src/a.ts, lines 1–40");
  assert.equal(call.effect, "read");
  assert.deepEqual(call.targets, [{ path: join(root, "src/a.ts"), access: "read", canonical: join(root, "src/a.ts") }]);
  assert.equal(title, "Read src/a.ts, lines 1–40 of 120");
  const lines = text.split("\n");
  assert.deepEqual(lines.slice(0, 3), ["src/a.ts (lines 1-40 of 120)", "1\tline 1", "2\tline 2"]);
  assert.deepEqual(lines.slice(-1), ["40\tline 40"]);
});

test("read_file gives a whole small file, and says of an empty one that it is empty", async (context) => {
  const { read } = await open(context, { "a.txt": "one\ntwo", "empty.txt": "" });

  const whole = await runTool(read, { path: "a.txt" });
  const empty = await runTool(read, { path: "empty.txt" });

  assert.deepEqual([whole.call.title, whole.title], ["Reading a.txt", "Read a.txt, lines 1–2 of 2"]);
  assert.equal(whole.text, "a.txt (lines 1-2 of 2)\n1\tone\n2\ttwo");
  assert.deepEqual([empty.title, empty.text], ["Read empty.txt, empty", "empty.txt (empty)"]);
});

test("read_file ends at 2,000 lines or 48,000 characters and says how to read on", async (context) => {
  const { read } = await open(context, {
    "many.txt": "x\n".repeat(5000),
    "wide.txt": `${"y".repeat(1000)}\n`.repeat(100),
  });

  const many = await runTool(read, { path: "many.txt" });
  const wide = await runTool(read, { path: "wide.txt" });

  assert.ok(many.text.startsWith("many.txt (lines 1-2000 of 5000)\n"));
  assert.ok(many.text.endsWith("\n2000\tx\n(5000 lines in all; read on with startLine 2001)"));
  assert.ok(wide.text.length <= 48_000);
  assert.match(wide.text, /^wide\.txt \(lines 1-41 of 100\)\n/);
  assert.ok(wide.text.endsWith("\n(100 lines in all; read on with startLine 42)"));
});

test("read_file prefers the unsaved text of an editor, and says so", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "a.txt": "saved\n" });
  const read = createReadFile(fixedWorkspace([root], new Map([[join(root, "a.txt"), "not saved\n"]])), openGuard);

  const { text } = await runTool(read, { path: "a.txt" });

  assert.equal(text, "a.txt (lines 1-1 of 1, with unsaved changes in the editor)\n1\tnot saved");
});

test("read_file says what is near a name that does not exist", async (context) => {
  const { read } = await open(context, { "src/retry-delay.ts": "", "src/client.ts": "", "src/other.md": "" });

  await assert.rejects(runTool(read, { path: "src/retry-dely.js" }), {
    name: "ToolError",
    message: "src/retry-dely.js does not exist. Similar names beside it: retry-delay.ts",
  });
  await assert.rejects(
    runTool(read, { path: "nowhere/a.ts" }),
    /^ToolError: nowhere\/a\.ts does not exist\. Use list_files or search_files/,
  );
});

test("read_file refuses binary data and other encodings with type and size", async (context) => {
  const { read } = await open(context, {
    "a.zip": Buffer.from("PK\x03\x04\0\0\0", "latin1"),
    "half.txt": Buffer.from([0xff, 0xfe, 0x61]),
    "late.txt": Buffer.concat([Buffer.from("x\n".repeat(10_000)), Buffer.from([0xff, 0x01, 0x0a])]),
  });

  const messages = await Promise.all(
    [{ path: "a.zip" }, { path: "half.txt" }, { path: "late.txt", startLine: 9000, endLine: 10_001 }].map((input) =>
      runTool(read, input).then(() => "read", String),
    ),
  );

  assert.deepEqual(messages, [
    "ToolError: E_BINARY a.zip is a ZIP archive (or a document in one), 7 bytes. Only UTF-8, UTF-16 and windows-1252 (Latin-1) text can be read as lines.",
    "ToolError: E_BINARY half.txt is data that is no whole UTF-16 text, 3 bytes. Only UTF-8, UTF-16 and windows-1252 (Latin-1) text can be read as lines.",
    "ToolError: E_BINARY late.txt is data that is no text (line 10001), 20,003 bytes. Only UTF-8, UTF-16 and windows-1252 (Latin-1) text can be read as lines.",
  ]);
});

test("read_file decodes text that is not UTF-8 as windows-1252 and says so in the first line", async (context) => {
  const { read } = await open(context, {
    "latin.txt": Buffer.from("Gr\xfc\xdfe, \x93ja\x94, 5 \x80\r\n", "latin1"),
    "late.txt": Buffer.concat([Buffer.from("x\n".repeat(10_000)), Buffer.from("f\xfcr\n", "latin1")]),
  });

  const late = { path: "late.txt", startLine: 10_000 };
  const texts = [await runTool(read, { path: "latin.txt" }), await runTool(read, late)].map(({ text }) => text);
  const beginning = await runTool(read, { path: "late.txt", endLine: 1 });

  assert.deepEqual(texts, [
    "latin.txt (lines 1-1 of 1, not UTF-8: read as windows-1252)\n1\tGrüße, “ja”, 5 €",
    "late.txt (lines 10000-10001 of 10001, not UTF-8: read as windows-1252)\n10000\tx\n10001\tfür",
  ]);
  assert.equal(beginning.text, "late.txt (lines 1-1 of 10001)\n1\tx");
});

test("read_file refuses what is no file, and does not wait for it", async (context) => {
  const { root, read } = await open(context, { "folder/inner.txt": "" });
  await promisify(execFile)("mkfifo", [join(root, "pipe")]);
  await symlink("loop-b", join(root, "loop-a"));
  await symlink("loop-a", join(root, "loop-b"));
  const server = createServer().listen(join(root, "socket"));
  context.after(() => server.close());

  const paths = ["folder", "pipe", "socket", "loop-a", "/dev/zero"];
  const messages = await Promise.all(paths.map((path) => runTool(read, { path }).then(() => "read", String)));

  assert.deepEqual(messages, [
    "ToolError: E_PATH folder is a folder, not a file. It holds: inner.txt",
    "ToolError: E_PATH pipe is a pipe, not a file.",
    "ToolError: E_PATH socket is a socket, not a file.",
    "ToolError: E_PATH loop-a is a link that leads back to itself.",
    "ToolError: E_PATH /dev/zero is a device, not a file.",
  ]);
});

test("read_file reads a window of a file of 5 GB without loading it", async (context) => {
  const { root, read } = await open(context, { "huge.log": "a line of text\n".repeat(1000) });
  await truncate(join(root, "huge.log"), 5_000_000_000);
  const before = process.memoryUsage().rss;

  const { text } = await runTool(read, { path: "huge.log", endLine: 2 });

  assert.ok(process.memoryUsage().rss - before < 50_000_000);
  assert.equal(text, "huge.log (lines 1-2 of more than 1000)\n1\ta line of text\n2\ta line of text");
});

test("read_file refuses a range that cannot be and one behind the end", async (context) => {
  const { read } = await open(context, { "a.txt": "one\n" });

  await assert.rejects(
    runTool(read, { path: "a.txt", startLine: 3, endLine: 2 }),
    /^ToolError: endLine \(2\) is before startLine \(3\)\.$/,
  );
  await assert.rejects(
    runTool(read, { path: "a.txt", startLine: 2 }),
    /^ToolError: a\.txt has 1 line; there is no line 2\.$/,
  );
  await assert.rejects(
    runTool(read, { path: "a.txt", startLine: 0 }),
    /^ToolError: E_SCHEMA The input of read_file is not valid/,
  );
  await assert.rejects(
    runTool(read, { path: "a.txt", lines: 3 }),
    /^ToolError: E_SCHEMA The input of read_file is not valid/,
  );
});

test("read_file ends when it is cancelled", async (context) => {
  const { read } = await open(context, { "a.txt": "one\n" });
  const controller = new AbortController();
  const reason = new Error("stopped by the user");
  controller.abort(reason);

  await assert.rejects(runTool(read, { path: "a.txt" }, controller.signal), reason);
});
