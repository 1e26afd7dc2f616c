import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskFiles } from "../../../src/headless/disk-files.ts";
import { createWriteFile } from "../../../src/tools/write-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function writing(test: TestContext) {
  const folder = await temporaryFolder(test);
  const tool = createWriteFile(fixedWorkspace([folder]), new DiskFiles(), openGuard);
  return {
    folder,
    write: (path: string, content: string) => runTool(tool, { path, content }),
    content: (path: string) => readFile(join(folder, path), "utf8"),
  };
}

describe("write_file", () => {
  it("creates a file with the folders above it", async (test) => {
    const { folder, write, content } = await writing(test);
    const { call, title, text } = await write("src/new/a.ts", "one\ntwo");
    assert.equal(await content("src/new/a.ts"), "one\ntwo");
    assert.deepEqual(
      [call.title, title, text],
      ["Writing src/new/a.ts", "Created src/new/a.ts, 2 lines", "Created src/new/a.ts (2 lines)."],
    );
    assert.deepEqual([call.effect, call.subject.question], ["write", "Create src/new/a.ts?"]);
    assert.deepEqual(call.subject.details.slice(0, 2), [
      { label: "New file", value: join(folder, "src/new/a.ts") },
      { label: "Change", value: "@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file", format: "diff" },
    ]);
  });

  it("puts a text in the place of another, with the difference", async (test) => {
    const { folder, write, content } = await writing(test);
    await writeFile(join(folder, "a.ts"), "one\ntwo\n");
    const { call, title, text } = await write("a.ts", "one\n2\n");
    assert.equal(await content("a.ts"), "one\n2\n");
    assert.deepEqual([title, text], ["Wrote a.ts, +1 −1", "Wrote a.ts (2 lines, +1 −1)."]);
    assert.equal(call.subject.question, "Overwrite a.ts?");
    assert.equal(call.subject.details[1]?.value, "@@ -1,2 +1,2 @@\n one\n-two\n+2");
  });

  it("keeps Windows line ends and the byte order mark, unless the text brings its own", async (test) => {
    const { folder, write, content } = await writing(test);
    await writeFile(join(folder, "a.ts"), "\ufeffone\r\ntwo\r\n");
    await write("a.ts", "1\n2\n");
    assert.equal(await content("a.ts"), "\ufeff1\r\n2\r\n");
    await write("a.ts", "\ufeff1\r\n3\n");
    assert.equal(await content("a.ts"), "\ufeff1\r\n3\n");
  });

  it("writes an empty file", async (test) => {
    const { write, content } = await writing(test);
    assert.equal((await write("empty", "")).title, "Created empty, 0 lines");
    assert.equal(await content("empty"), "");
  });

  it("does not write what is there already", async (test) => {
    const { write } = await writing(test);
    await write("a.ts", "one\n");
    await assert.rejects(write("a.ts", "one\n"), /^ToolError: a\.ts has exactly this content already\./);
  });

  it("refuses more text than a tool may write", async (test) => {
    const { write } = await writing(test);
    await assert.rejects(write("a.ts", "é".repeat(2_500_001)), {
      message: "E_TOO_LARGE The text has 5,000,002 bytes; 5,000,000 are the most.",
    });
  });
});
