import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createReadFile } from "../../../src/tools/read-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

async function open(
  context: TestContext,
  content: string | Uint8Array,
  { guard = openGuard, unsaved }: { readonly guard?: typeof openGuard; readonly unsaved?: string } = {},
) {
  const root = await temporaryFolder(context);
  await writeTree(root, { "a.txt": content });
  const texts = new Map(unsaved === undefined ? [] : [[join(root, "a.txt"), unsaved]]);
  const read = createReadFile(fixedWorkspace([root], texts), guard);
  return { root, read: (input: object) => runTool(read, { path: "a.txt", ...input }) };
}

const range = (startLine: number, endLine: number) => ({ startLine, endLine });
const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");

test("read_file gives several ranges in one call, each under its own first line", async (context) => {
  const { read } = await open(context, numbered(100_000));
  const { call, title, text } = await read({ ranges: [range(99_999, 100_000), range(1, 2)] });
  assert.equal(
    text,
    "a.txt (lines 1-2 of 100000)\n1\tline 1\n2\tline 2\n\na.txt (lines 99999-100000 of 100000)\n99999\tline 99999\n100000\tline 100000",
  );
  assert.deepEqual(
    [call.title, title],
    ["Reading a.txt, lines 1–2 and 99999–100000", "Read a.txt, lines 1–2 and 99999–100000 of 100000"],
  );
});

test("read_file makes ranges that meet one, and says where there is no line", async (context) => {
  const { read } = await open(context, numbered(9));
  const { text } = await read({ ranges: [range(1, 2), range(3, 4), range(2, 3), range(20, 30)] });
  assert.equal(
    text,
    "a.txt (lines 1-4 of 9)\n1\tline 1\n2\tline 2\n3\tline 3\n4\tline 4\n\na.txt has 9 lines; there is no line 20.",
  );
  await assert.rejects(read({ ranges: [range(20, 30), range(40, 50)] }), {
    message: "a.txt has 9 lines; there is no line 20.\na.txt has 9 lines; there is no line 40.",
  });
});

test("read_file refuses ranges that cannot be, and two ways of asking at once", async (context) => {
  const { read } = await open(context, numbered(9));
  await assert.rejects(read({ ranges: [range(3, 2)] }), /^ToolError: endLine \(2\) is before startLine \(3\)\.$/);
  await assert.rejects(
    read({ startLine: 1, ranges: [range(2, 3)] }),
    /Give either startLine and endLine for one range/,
  );
  for (const ranges of [[], [{ startLine: 1 }], Array.from({ length: 21 }, () => range(1, 2))]) {
    await assert.rejects(read({ ranges }), /^ToolError: E_SCHEMA /);
  }
});

test("read_file fits several ranges into one result", async (context) => {
  const { read } = await open(context, `${"x".repeat(900)}\n`.repeat(1000));
  const { text } = await read({ ranges: [range(1, 40), range(101, 140)] });
  assert.ok(text.length < 48_000, String(text.length));
  assert.match(text, /\n\na\.txt \(lines 101-10\d of 1000\)\n/);
  assert.match(text, /\n\(1000 lines in all; read on with startLine 1\d\d\)$/);
});

test("read_file takes ranges of unsaved text, and of a file with a secret in it", async (context) => {
  const ranges = [range(1, 1), range(3, 3)];
  const unsaved = await open(context, "saved", { unsaved: "one\ntwo\nthree\n" });
  assert.equal(
    (await unsaved.read({ ranges })).text,
    "a.txt (lines 1-1 of 3, with unsaved changes in the editor)\n1\tone\n\na.txt (lines 3-3 of 3, with unsaved changes in the editor)\n3\tthree",
  );
  const guard = { ...openGuard, mask: (text: string) => text.replace("hunter2", "*") };
  const secret = await open(context, "a\nb\nhunter2\n", { guard });
  assert.match((await secret.read({ ranges })).text, /\n3\t\*$/);
});

test("read_file reads UTF-16 of either order by lines, masks it and names it", async (context) => {
  const little = Buffer.from(`\ufeff${"zeile Grüße 日本\r\n".repeat(40_000)}hunter2\r\n`, "utf16le");
  const guard = { ...openGuard, mask: (text: string) => text.replace("hunter2", "*") };
  for (const [bytes, name] of [
    [little, "little"],
    [Buffer.from(little).swap16(), "big"],
  ] as const) {
    const { read } = await open(context, bytes, { guard });
    assert.equal(
      (await read({ startLine: 40_000 })).text,
      `a.txt (lines 40000-40001 of 40001, UTF-16 (${name}-endian))\n40000\tzeile Grüße 日本\n40001\t*`,
    );
  }
  const cut = await open(context, little.subarray(0, 101));
  await assert.rejects(cut.read({}), /^ToolError: E_BINARY a\.txt is data that is no whole UTF-16 text, 101 bytes\./);
});
