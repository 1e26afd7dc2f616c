import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskPlaces } from "../../../src/headless/disk-places.ts";
import { createDeleteFile } from "../../../src/tools/delete-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

async function deleting(test: TestContext, files: Readonly<Record<string, string>>) {
  const [root, kept] = [await temporaryFolder(test), await temporaryFolder(test)];
  await writeTree(root, files);
  const tool = createDeleteFile(fixedWorkspace([root]), new DiskPlaces(join(kept, "deleted")));
  return { root, kept: join(kept, "deleted"), tool, remove: (path: string) => runTool(tool, { path }) };
}

describe("delete_file", () => {
  it("keeps what it deletes, and says where, in three tenses", async (test) => {
    const { root, kept, remove } = await deleting(test, { "a.ts": "one\n" });
    const { call, title, text } = await remove("a.ts");
    assert.equal(existsSync(join(root, "a.ts")), false);
    const [folder = ""] = await readdir(kept);
    const place = join(kept, folder, "a.ts");
    assert.equal(await readFile(place, "utf8"), "one\n");
    assert.deepEqual(
      [call.title, title, text],
      ["Deleting a.ts", "Deleted a.ts", `Deleted a.ts. It is in ${place} now.`],
    );
    const path = join(root, "a.ts");
    assert.deepEqual([call.effect, call.targets], ["write", [{ path, access: "write", canonical: path }]]);
    assert.deepEqual(call.subject, {
      question: "Delete a.ts?",
      details: [
        { label: "File", value: path },
        { label: "Size", value: "4 bytes" },
      ],
    });
  });

  it("deletes a folder with all that is in it, each of which is a target", async (test) => {
    const { root, remove } = await deleting(test, { "src/a.ts": "a", "src/in/.env": "b" });
    const { call, text } = await remove("src");
    assert.match(text, /^Deleted src \(3 files and folders\)\. It is in /);
    assert.deepEqual(
      call.targets.map(({ path }) => path),
      ["src", "src/a.ts", "src/in", "src/in/.env"].map((name) => join(root, name)),
    );
    assert.deepEqual(await readdir(root), []);
  });

  it("refuses what changed since it was shown, what is missing, and an open folder", async (test) => {
    const { root, tool, remove } = await deleting(test, { "a.ts": "one\n" });
    const context = { signal: new AbortController().signal, output: () => undefined };
    const call = await tool.prepare({ path: "a.ts" }, context.signal);
    await writeFile(join(root, "a.ts"), "other\n");
    await assert.rejects(call.run(context), /^ToolError: E_STALE /);
    assert.equal(await readFile(join(root, "a.ts"), "utf8"), "other\n");
    await assert.rejects(remove("b.ts"), { message: "b.ts does not exist. Nothing was deleted." });
    await assert.rejects(remove(root), /E_PATH .* is a folder that is open in the editor/);
  });

  it("leaves what cannot be kept where it is", async (test) => {
    const { root, kept, remove } = await deleting(test, { "a.ts": "one\n" });
    await writeFile(kept, "no folder");
    await assert.rejects(
      remove("a.ts"),
      /a\.ts could not be deleted, and was left where it was: Error: E(NOTDIR|EXIST)/,
    );
    assert.equal(await readFile(join(root, "a.ts"), "utf8"), "one\n");
  });
});
