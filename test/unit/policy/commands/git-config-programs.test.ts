import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { programInGitConfig } from "../../../../src/policy/commands/git-config-programs.ts";

async function found(files: Readonly<Record<string, string>>, subcommand = "diff"): Promise<string | undefined> {
  return programInGitConfig(subcommand, "/ws/src", async (path) => files[path]);
}

describe("programInGitConfig", () => {
  it("finds nothing in what git init and git clone write, and without a repository", async () => {
    const config = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
	logallrefupdates = true
; a comment
[remote "origin"]
	url = https://example.com/a.git
	fetch = +refs/heads/*:refs/remotes/origin/*
[branch "main"]
	remote = origin
	merge = refs/heads/main
[user]
	name = A B
`;
    assert.equal(await found({ "/ws/.git/config": config }), undefined);
    assert.equal(await found({}), undefined);
  });

  for (const [text, problem] of [
    ['[filter "a"]\n clean = x', "filter.clean"],
    ['[diff "a"]\n textconv = x', "diff.textconv"],
    ["[DIFF]\n External = x", "diff.external"],
    ["[include]\n path = x", "include.path"],
    ['[includeIf "gitdir:/"]\n path = x', "includeif.path"],
    ['[remote "a"]\n promisor = true', "remote.promisor"],
    ['[remote "a"]\n uploadpack = x', "remote.uploadpack"],
    ["[core]\n worktree = /", "core.worktree"],
    ["[core]\n bare = true", "core.bare"],
    ["[core]\n bare", "core.bare"],
    ["[log]\n showSignature = true", "log.showsignature"],
    ["[gpg]\n program = x", "gpg.program"],
    ["[core] sshCommand = x", 'the line "[core] sshCommand = x"'],
    ["[user]\n name = a\\\n[filter]", 'the line "name = a\\\\"'],
    ["[diff.a]\n textconv = x", "diff.a.textconv"],
  ] as const) {
    it(`reports ${JSON.stringify(text)}`, async () => {
      assert.equal(await found({ "/ws/.git/config": text }), problem);
    });
  }

  it("leaves out what the environment turns off, and textconv where no contents are shown", async () => {
    const config = '[core]\n fsmonitor = x\n hooksPath = x\n pager = x\n[pager]\n log = x\n[diff "a"]\n textconv = x\n';
    assert.equal(await found({ "/ws/.git/config": config }, "status"), undefined);
    assert.equal(await found({ "/ws/.git/config": config }, "show"), "diff.textconv");
  });

  it("reports submodules where git runs itself in them", async () => {
    const files = { "/ws/.git/config": '[submodule "a"]\n url = x\n' };
    assert.deepEqual([await found(files, "status"), await found(files, "log")], ["submodule.url", undefined]);
    const listed = { "/ws/.git/config": "", "/ws/.gitmodules": '[submodule "a"]\n path = a\n' };
    assert.deepEqual(
      [await found(listed, "diff"), await found(listed, "show")],
      ["submodule. in .gitmodules", undefined],
    );
  });

  it("follows the .git file of a linked work tree to its own and the shared settings", async () => {
    const files = { "/ws/.git": "gitdir: ../main/.git/worktrees/ws\n", "/main/.git/worktrees/ws/commondir": "../..\n" };
    assert.equal(await found({ ...files, "/main/.git/config": "[user]\n name = a\n" }), undefined);
    assert.equal(await found({ ...files, "/main/.git/config": "[alias]\n x = !y\n" }), "alias.x");
    assert.equal(await found({ "/ws/.git": "nonsense" }), "a .git file that cannot be read");
  });

  it("reports a folder that is a repository itself", async () => {
    assert.equal(await found({ "/ws/src/HEAD": "ref: x" }), "a repository without a work tree");
  });
});
