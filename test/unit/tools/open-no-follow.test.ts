import assert from "node:assert/strict";
import { rename, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { expectedPath, openFolder, openNoFollow } from "../../../src/tools/open-no-follow.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

describe("openNoFollow", () => {
  it("opens what the path led to, through links as well", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { "src/a": "text\n" });
    await symlink("src", join(folder, "linked"));
    const path = join(folder, "linked/a");
    const canonical = await expectedPath(path);
    assert.equal(canonical, join(folder, "src/a"));
    await using handle = await openNoFollow(path, { canonical });
    assert.equal(await handle.readFile("utf8"), "text\n");
  });

  it("opens nothing once a link leads elsewhere, even where the old file is still there", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { a: "a\n", b: "b\n" });
    const path = join(folder, "l");
    await symlink("a", path);
    const canonical = await expectedPath(path);
    await unlink(path);
    await symlink("b", path);
    await assert.rejects(openNoFollow(path, { canonical }), /^ToolError: E_STALE /);
  });

  it("opens neither a file nor a folder that is a link itself", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { "src/a": "a\n" });
    await symlink("src", join(folder, "linked"));
    await assert.rejects(openFolder(join(folder, "linked")), /^ToolError: E_STALE /);
    await rename(join(folder, "src/a"), join(folder, "src/b"));
    await symlink("b", join(folder, "src/a"));
    const canonical = join(folder, "src/a");
    await assert.rejects(openNoFollow(canonical, { canonical }), /^ToolError: E_STALE /);
  });

  it("expects of what does not exist where its deepest folder leads", async (test) => {
    const folder = await temporaryFolder(test);
    await writeTree(folder, { "src/a": "a\n" });
    await symlink("src", join(folder, "linked"));
    assert.equal(await expectedPath(join(folder, "linked/new/b")), join(folder, "src/new/b"));
  });
});
