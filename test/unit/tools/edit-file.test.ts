import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskFiles } from "../../../src/headless/disk-files.ts";
import { createEditFile } from "../../../src/tools/edit-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function editing(test: TestContext, content: string | Uint8Array) {
  const folder = await temporaryFolder(test);
  const path = join(folder, "a.txt");
  await writeFile(path, content);
  const tool = createEditFile(fixedWorkspace([folder]), new DiskFiles(), openGuard);
  const editAll = (...edits: readonly (readonly [old: string, changed: string])[]) =>
    runTool(tool, { path: "a.txt", edits: edits.map(([old_text, new_text]) => ({ old_text, new_text })) });
  const edit = (old_text: string, new_text: string) => editAll([old_text, new_text]);
  return { path, tool, edit, editAll, content: () => readFile(path, "utf8") };
}

describe("edit_file", () => {
  it("replaces the one place, and says what came of it in three tenses", async (test) => {
    const { path, edit, content } = await editing(test, "one\ntwo\nthree\n");
    const { call, title, text } = await edit("two", "2\n2½");
    assert.equal(await content(), "one\n2\n2½\nthree\n");
    const diff = "@@ -1,3 +1,4 @@\n one\n-two\n+2\n+2½\n three";
    assert.deepEqual([call.title, title], ["Editing a.txt", "Edited a.txt, +2 −1"]);
    assert.equal(text, `Edited a.txt at line 2 (+2 −1).\n${diff}`);
    assert.deepEqual(call.subject, {
      question: "Edit a.txt?",
      details: [
        { label: "File", value: path },
        { label: "Change", value: diff, format: "diff" },
        { label: "Result", value: "16 bytes" },
      ],
    });
    assert.deepEqual(call.targets, [
      { path, access: "write", canonical: path, change: { before: "one\ntwo\nthree\n", after: "one\n2\n2½\nthree\n" } },
    ]);
  });

  it("keeps Windows line ends, the byte order mark and a missing last line end", async (test) => {
    const { edit, content } = await editing(test, "\ufeffone\r\ntwo\r\nthree");
    const { call } = await edit("one\ntwo", "1\n1½\n2");
    assert.equal(await content(), "\ufeff1\r\n1½\r\n2\r\nthree");
    const kept = call.subject.details.find(({ label }) => label === "Kept");
    assert.equal(kept?.value, "byte order mark, Windows line ends (CRLF)");
  });

  it("keeps the line ends of mixed files where they are", async (test) => {
    const { edit, content } = await editing(test, "a\r\nb\nc\r\nd\n");
    await edit("b\nc", "B\nC");
    assert.equal(await content(), "a\r\nB\nC\r\nd\n");
    await edit("a\r\n", "A\r\n");
    assert.equal(await content(), "A\r\nB\nC\r\nd\n");
  });

  it("takes what looks like a pattern as plain text", async (test) => {
    const { edit, content } = await editing(test, "price: $1 (.*)\n");
    await edit("$1 (.*)", "$& $` $$ \\n");
    assert.equal(await content(), "price: $& $` $$ \\n\n");
  });

  it("says how often and where a text occurs that is not unique", async (test) => {
    const { edit, content } = await editing(test, "x = 1\ny\nx = 1\nx = 1\n");
    await assert.rejects(edit("x = 1", "x = 2"), {
      name: "ToolError",
      message:
        "old_text occurs 3 times in a.txt, on lines 1, 3, 4. It must occur exactly once: give more of the lines around the place that is meant.",
    });
    await assert.rejects(edit("1\n", "2\n"), /occurs 3 times/);
    assert.equal(await content(), "x = 1\ny\nx = 1\nx = 1\n");
  });

  it("counts places that overlap", async (test) => {
    const { edit } = await editing(test, "aaa\n");
    await assert.rejects(edit("aa", "b"), /occurs 2 times in a\.txt, on lines 1, 1\./);
  });

  it("says where a text stands that differs in blanks only", async (test) => {
    const { edit } = await editing(test, "if (a) {\n\t\treturn b;\n}\n");
    await assert.rejects(edit("  return b;\n}", "x"), {
      message:
        "old_text does not occur in a.txt. The same text with other blanks begins on line 2; blanks must match as well.",
    });
    await assert.rejects(edit("while (c)", "x"), {
      message:
        "old_text does not occur in a.txt. It must match letter by letter, blanks and line breaks included: read the file again.",
    });
  });

  it("refuses an edit that changes nothing, and a file that does not exist", async (test) => {
    const { path, edit } = await editing(test, "one\r\n");
    await assert.rejects(edit("one\n", "one\r\n"), /are the same; a\.txt would not change/);
    const tool = createEditFile(fixedWorkspace([join(path, "..")]), new DiskFiles(), openGuard);
    await assert.rejects(runTool(tool, { path: "b.txt", edits: [{ old_text: "a", new_text: "b" }] }), {
      message: "b.txt does not exist. Use write_file to create it.",
    });
  });

  it("is a read where it cannot work, so that a failure tells nothing that may not be read", async (test) => {
    const { path } = await editing(test, "one\n");
    const tool = createEditFile(fixedWorkspace([join(path, "..")]), new DiskFiles(), openGuard);
    const edits = [{ old_text: "two", new_text: "2" }];
    const call = await tool.prepare({ path: "a.txt", edits }, new AbortController().signal);
    assert.deepEqual([call.effect, call.targets], ["read", [{ path, access: "read", canonical: path }]]);
  });
});
