import assert from "node:assert/strict";
import { readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { replaceAtomically } from "../../../src/headless/replace-atomically.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const bytes = Buffer.from("new\n");

describe("replaceAtomically", () => {
  it("does not overwrite a file that came into being behind the last look", async (test) => {
    const folder = await temporaryFolder(test);
    const path = join(folder, "a");
    const check = () => writeFile(path, "theirs\n");
    await assert.rejects(replaceAtomically({ path, canonical: path, bytes, check }), /^ToolError: E_STALE /);
    assert.deepEqual([await readdir(folder), await readFile(path, "utf8")], [["a"], "theirs\n"]);
  });

  it("does not overwrite a file that was written to or replaced behind the last look", async (test) => {
    const folder = await temporaryFolder(test);
    const path = join(folder, "a");
    const checks = [
      () => writeFile(path, "theirs\n"),
      async () => {
        await writeFile(join(folder, "b"), "theirs\n");
        await rename(join(folder, "b"), path);
      },
    ];
    for (const check of checks) {
      await writeFile(path, "old\n");
      await assert.rejects(replaceAtomically({ path, canonical: path, bytes, check }), /^ToolError: E_STALE /);
      assert.deepEqual([await readdir(folder), await readFile(path, "utf8")], [["a"], "theirs\n"]);
    }
  });

  it("writes into the folder that it opened, even if a link takes its place meanwhile", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { "out/kept": "", "src/kept": "" });
    const path = join(folder, "src", "a");
    const check = async () => {
      await rename(join(folder, "src"), join(folder, "moved"));
      await symlink(join(folder, "out"), join(folder, "src"));
    };
    await replaceAtomically({ path, canonical: path, bytes, check }).catch(() => undefined);
    assert.deepEqual(await readdir(join(folder, "out")), ["kept"]);
  });
});
