import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readRepository } from "../../../src/headless/git-repository.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function repository(folder: string, head: string, url?: string): void {
  mkdirSync(join(folder, ".git"), { recursive: true });
  writeFileSync(join(folder, ".git", "HEAD"), head);
  const remote = url === undefined ? "" : `[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n`;
  writeFileSync(join(folder, ".git", "config"), `[core]\n\tbare = false\n${remote}[branch "main"]\n`);
}

describe("readRepository", () => {
  it("names the remote in one form, without user names or secrets", async (test) => {
    const folder = await temporaryFolder(test);
    for (const url of [
      "https://user:ghp_secret@github.com/owner/name.git",
      "https://github.com/owner/name",
      "git@github.com:owner/name.git",
      "ssh://git@github.com:22/owner/name.git",
    ]) {
      repository(folder, "ref: refs/heads/feature/x\n", url);
      assert.deepEqual(await readRepository(folder), { repository: "github.com/owner/name", branch: "feature/x" });
    }
  });

  it("finds the repository further up, and one without a remote by its folder's name", async (test) => {
    const folder = join(await temporaryFolder(test), "sample");
    repository(folder, "ref: refs/heads/main\n");
    mkdirSync(join(folder, "packages", "a"), { recursive: true });
    const found = await readRepository(join(folder, "packages", "a"));
    assert.deepEqual(found, { repository: "sample", branch: "main" });
  });

  it("reads a worktree's own branch and the repository's remote", async (test) => {
    const folder = await temporaryFolder(test);
    const main = join(folder, "main");
    repository(main, "ref: refs/heads/main\n", "https://example.com/a/b.git");
    const own = join(main, ".git", "worktrees", "w");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "HEAD"), "ref: refs/heads/w\n");
    writeFileSync(join(own, "commondir"), "../..\n");
    mkdirSync(join(folder, "w"));
    writeFileSync(join(folder, "w", ".git"), `gitdir: ${own}\n`);
    assert.deepEqual(await readRepository(join(folder, "w")), { repository: "example.com/a/b", branch: "w" });
  });

  it("knows no branch of a detached head, and nothing where there is no repository", async (test) => {
    const folder = await temporaryFolder(test);
    assert.deepEqual(await readRepository(folder), {});
    repository(folder, "4b825dc642cb6eb9a060e54bf8d69288fbee4904\n", "https://example.com/a/b");
    assert.deepEqual(await readRepository(folder), { repository: "example.com/a/b" });
  });
});
