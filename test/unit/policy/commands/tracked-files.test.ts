import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { trackedFiles } from "../../../../src/policy/commands/tracked-files.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { writeTree } from "../../../support/write-tree.ts";

const long = `long/${"n".repeat(200)}/${"m".repeat(200)}`;
const files = { "a.txt": "a", "a/b.txt": "b", "a/bc.txt": "c", "über.txt": "d", [long]: "e" };
const tracked = Object.keys(files).filter((name) => name !== "a.txt");

function git(cwd: string, ...words: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", ...words], { cwd, stdio: "pipe" });
}

describe("trackedFiles", () => {
  for (const version of ["2", "3", "4"]) {
    it(`reads an index of version ${version}`, async (test) => {
      const folder = await temporaryFolder(test);
      await writeTree(folder, files);
      git(folder, "init", "--quiet");
      git(folder, "add", ...tracked);
      git(folder, "update-index", "--index-version", version === "4" ? "4" : "2");
      // Version 3 is written where an entry needs it.
      if (version === "3") git(folder, "add", "--intent-to-add", "a.txt");
      const expected = (version === "3" ? Object.keys(files) : tracked).map((name) => join(folder, name));
      assert.deepEqual([...((await trackedFiles(folder)) ?? [])].toSorted(), expected.toSorted());
      assert.deepEqual(await trackedFiles(join(folder, "a")), await trackedFiles(folder), "from below");
    });
  }

  it("reads the index of a repository with long digests, and of a further work tree", async (test) => {
    const folder = await temporaryFolder(test);
    const [main, other] = [join(folder, "main"), join(folder, "other")];
    await writeTree(main, files);
    git(main, "init", "--quiet", "--object-format=sha256");
    git(main, "add", ".");
    git(main, "commit", "--quiet", "--message", "first");
    git(main, "worktree", "add", "--quiet", other);
    assert.equal((await trackedFiles(main))?.length, Object.keys(files).length);
    assert.equal((await trackedFiles(other))?.includes(join(other, "a.txt")), true);
  });

  it("knows of none without a repository, and not what an index says that is none", async (test) => {
    const folder = await temporaryFolder(test);
    assert.deepEqual(await trackedFiles(folder), []);
    git(folder, "init", "--quiet");
    assert.deepEqual(await trackedFiles(folder), []);
    for (const text of ["", "DIRC", "DIRC\0\0\0\u0002\0\0\0\u0009 too short", "other\0\0\0\u0002\0\0\0\0"]) {
      await writeFile(join(folder, ".git/index"), text);
      assert.equal(await trackedFiles(folder), undefined, JSON.stringify(text));
    }
  });
});
