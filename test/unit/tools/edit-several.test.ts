import assert from "node:assert/strict";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskFiles } from "../../../src/headless/disk-files.ts";
import { createEditFile } from "../../../src/tools/edit-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

type Edit = readonly [oldText: string, newText: string];

async function editing(test: TestContext, content: string | Uint8Array, guard = openGuard) {
  const folder = await temporaryFolder(test);
  const path = join(folder, "a.txt");
  await writeFile(path, content);
  const tool = createEditFile(fixedWorkspace([folder]), new DiskFiles(), guard);
  const asked = (edits: readonly Edit[]) => edits.map(([old_text, new_text]) => ({ old_text, new_text }));
  return {
    ...{ folder, path, tool },
    edit: (...edits: readonly Edit[]) => runTool(tool, { path: "a.txt", edits: asked(edits) }),
    prepare: (...edits: readonly Edit[]) =>
      tool.prepare({ path: "a.txt", edits: asked(edits) }, new AbortController().signal),
    content: () => readFile(path, "utf8"),
    bytes: () => readFile(path),
  };
}

describe("edit_file with several replacements", () => {
  it("makes them in order in one text, and says on which lines of it", async (test) => {
    const { edit, content } = await editing(test, "a\nb\nc\nd\n");
    const { text, call } = await edit(["d", "D\nE"], ["a\n", "1\n2\n3\n"], ["3", "three"]);
    assert.equal(await content(), "1\n2\nthree\nb\nc\nD\nE\n");
    assert.match(text, /^Edited a\.txt at lines 6, 1, 3 \(\+5 −2\)\.\n@@ /);
    assert.equal(call.targets[0]?.change?.after, "1\n2\nthree\nb\nc\nD\nE\n");
  });

  it("makes none where one does not match once, and names that one", async (test) => {
    const { edit, content } = await editing(test, "a\nb\nb\n");
    await assert.rejects(edit(["a", "A"], ["b", "B"]), {
      message:
        "Edit 2 of 2, nothing was changed: old_text occurs 2 times in a.txt, on lines 2, 3. It must occur exactly once: give more of the lines around the place that is meant.",
    });
    await assert.rejects(
      edit(["a", "A"], ["a", "B"]),
      /^ToolError: Edit 2 of 2, nothing was changed: old_text does not/,
    );
    await assert.rejects(edit(["a", "A"], ["A", "a"]), /The edits undo each other; a\.txt would not change\./);
    assert.equal(await content(), "a\nb\nb\n");
  });

  it("takes the form with one old_text that older sessions hold, and no mix of the two", async (test) => {
    const { tool, content } = await editing(test, "one\n");
    await runTool(tool, { path: "a.txt", old_text: "one", new_text: "two" });
    assert.equal(await content(), "two\n");
    for (const wrong of [
      { edits: [] },
      { old_text: "two" },
      { edits: [{ old_text: "two", new_text: "3" }], old_text: "two" },
    ]) {
      await assert.rejects(runTool(tool, { path: "a.txt", ...wrong }), /^ToolError: E_SCHEMA /);
    }
  });

  it("names the nearest line where nothing matches, of what may be told", async (test) => {
    const guard = { ...openGuard, mask: (text: string) => text.replace("hunter2", "[redacted]") };
    const { edit } = await editing(test, 'const one = 1;\nconst password = "hunter2";\n', guard);
    await assert.rejects(edit(['const passwords = "other";', "x"]), {
      message:
        'old_text does not occur in a.txt. It must match letter by letter, blanks and line breaks included. The nearest is line 2: const password = "[redacted]";',
    });
  });

  it("edits a file of 100,000 lines with Windows line ends, and nothing else of it", async (test) => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index + 1};`);
    const { edit, content } = await editing(test, lines.join("\r\n"));
    const { title } = await edit(["line 99999;", "changed"], ["line 7;\nline 8;", "seven\neight\nnine"]);
    assert.equal(title, "Edited a.txt, +4 −3");
    const changed = lines.with(99_998, "changed").toSpliced(6, 2, "seven", "eight", "nine");
    assert.equal(await content(), changed.join("\r\n"));
    await assert.rejects(edit(["line 50000 ;", "x"]), /The nearest is line 50001: line 50000;$/);
  });

  it("keeps UTF-16 of either order with its mark", async (test) => {
    const little = Buffer.from("\ufeffone\r\ntwo €\r\n", "utf16le");
    for (const original of [little, Buffer.from(little).swap16()]) {
      const { edit, bytes } = await editing(test, original);
      const { call } = await edit(["two €", "2 日\n3"]);
      const expected = Buffer.from("\ufeffone\r\n2 日\r\n3\r\n", "utf16le");
      assert.deepEqual(await bytes(), original === little ? expected : expected.swap16());
      const kept = call.subject.details.find(({ label }) => label === "Kept")?.value;
      assert.match(kept ?? "", /^UTF-16 \((little|big)-endian\), byte order mark, Windows line ends/);
    }
  });

  it("keeps windows-1252, and refuses a character that it does not have", async (test) => {
    const { edit, bytes } = await editing(test, Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0x80, 0x0a]));
    await edit(["caf", "CAF"]);
    assert.deepEqual(await bytes(), Buffer.from([0x43, 0x41, 0x46, 0xe9, 0x20, 0x80, 0x0a]));
    await assert.rejects(
      edit(["CAF", "→"]),
      /a\.txt is windows-1252 \(Latin-1\) text, which has no "→"\. Nothing was changed/,
    );
  });

  it("refuses bytes that are no text in any of them", async (test) => {
    for (const [bytes, what] of [
      [Buffer.from([0xff, 0xfe, 0x61]), "no whole UTF-16 text"],
      [Buffer.from([0xff, 0xfe, 0x00, 0xd8]), "no whole UTF-16 text"],
      [Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "UTF-32 text"],
      [Buffer.from([0x61, 0x81, 0x62]), "data that is no text"],
    ] as const) {
      const { edit } = await editing(test, bytes);
      await assert.rejects(
        edit(["a", "b"]),
        new RegExp(`E_BINARY a\\.txt is ${what}, \\d bytes\\. Only UTF-8, UTF-16 and`),
      );
    }
  });

  it("refuses a file that changed since it was shown, and edits through a link", async (test) => {
    const { folder, path, tool, prepare, content } = await editing(test, "one\n");
    const call = await prepare(["one", "two"]);
    await writeFile(path, "one!\n");
    const context = { signal: new AbortController().signal, output: () => undefined };
    await assert.rejects(call.run(context), /^ToolError: E_STALE /);
    assert.equal(await content(), "one!\n");
    await symlink(path, join(folder, "link.txt"));
    const linked = await runTool(tool, { path: "link.txt", edits: [{ old_text: "one!", new_text: "1" }] });
    assert.deepEqual([await content(), linked.call.targets[0]?.canonical], ["1\n", path]);
  });

  it("writes nothing once the turn is stopped", async (test) => {
    const { prepare, content } = await editing(test, "one\n");
    const call = await prepare(["one", "two"]);
    const signal = AbortSignal.abort(new Error("stopped"));
    await assert.rejects(call.run({ signal, output: () => undefined }), /^Error: stopped$/);
    assert.equal(await content(), "one\n");
  });
});
