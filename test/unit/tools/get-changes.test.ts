import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createGetChanges } from "../../../src/tools/get-changes.ts";
import { FakeRepositories, type FakeRepository } from "../../support/fake-repositories.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { testPolicy } from "../../support/test-policy.ts";
import { writeTree } from "../../support/write-tree.ts";

async function open(context: TestContext, repositories: (root: string) => readonly FakeRepository[]) {
  const root = await temporaryFolder(context);
  await writeTree(root, { "src/a.ts": "a\n", ".env": "TOKEN=v\n", ".outcropignore": "hidden/\n", "hidden/h.ts": "h" });
  const fake = new FakeRepositories(repositories(root));
  const guard = testPolicy({ folders: [root] }).policy.files;
  return { root, fake, tool: createGetChanges({ workspace: fixedWorkspace([root]), guard, repositories: fake }) };
}

function patchOf(name: string, ...lines: readonly string[]): string {
  return `${[`diff --git a/${name} b/${name}`, `--- a/${name}`, `+++ b/${name}`, "@@ -1 +1 @@", ...lines].join("\n")}\n`;
}

test("The status names branch and files by their group", async (context) => {
  const { root, tool } = await open(context, (folder) => [
    {
      root: folder,
      status: {
        upstream: { name: "origin/main", ahead: 2, behind: 0 },
        merge: [{ path: join(folder, "both.ts"), status: "both modified" }],
        staged: [{ path: join(folder, "new.ts"), from: join(folder, "old.ts"), status: "renamed" }],
        unstaged: [{ path: join(folder, "src/a.ts"), status: "modified" }],
        untracked: [{ path: join(folder, ".env"), status: "untracked" }],
      },
    },
  ]);

  const { call, text } = await runTool(tool, { kind: "status" });
  const part = await runTool(tool, { kind: "status", path: "src" });

  assert.deepEqual([call.effect, call.targets], ["read", [{ path: root }]]);
  const [header, ...lines] = text.split("\n");
  assert.match(header ?? "", /: branch main, 2 ahead and 0 behind origin\/main; 4 changed files$/);
  assert.deepEqual(
    lines.filter((line) => line !== ""),
    [
      ...["In conflict:", "both modified: both.ts", "Staged:", "renamed: new.ts (was old.ts)"],
      ...["Not staged:", "modified: src/a.ts", "Untracked:", "untracked: .env"],
    ],
  );
  assert.deepEqual(part.text.split("\n").slice(1), ["", "Not staged:", "modified: src/a.ts"]);
});

test("A diff masks secrets, and names secret and ignored files without their text", async (context) => {
  const { root, fake, tool } = await open(context, (folder) => [
    {
      root: folder,
      patch: [
        patchOf("src/a.ts", "-a", '+const key = "AKIAQ3EGRK7ZXPLM5TQD";'),
        patchOf(".env", "-TOKEN=old", "+TOKEN=new"),
        patchOf("hidden/h.ts", "+h"),
      ].join(""),
    },
  ]);

  const { title, text } = await runTool(tool, { kind: "diff" });
  const file = await runTool(tool, { kind: "diff", path: ".env", ref: "main", staged: true });

  assert.deepEqual(fake.asked, [
    { path: root, staged: false, ref: undefined },
    { path: join(root, ".env"), staged: true, ref: "main" },
  ]);
  assert.match(title, /^Got changes of .*, 3 files$/);
  assert.match(
    text,
    /^3 files in changes of .* \(what is staged or untracked is not in it\)\n\ndiff --git a\/src\/a\.ts/,
  );
  assert.match(text, /\n-a\n\+const key = "\[redacted:[^\]]+\]";\n/);
  assert.match(text, /\n\.env: withheld \(\+1 −1\)\nhidden\/h\.ts: withheld \(\+1 −0\)$/);
  assert.match(
    file.text,
    /^1 file in staged changes of \.env against main\n[\s\S]*\n-TOKEN=\[redacted:[\s\S]*\n\+TOKEN=\[redacted:/,
  );
  assert.doesNotMatch(file.text, /old|new/);
});

test("A long diff begins with the list of its files", async (context) => {
  const long = (name: string) => patchOf(name, ...Array.from({ length: 1500 }, (_, line) => `+line ${line} of a file`));
  const { tool } = await open(context, (folder) => [
    { root: folder, patch: ["src/a.ts", "src/b.ts"].map(long).join("") },
    { root: join(folder, "huge"), patch: patchOf("x.ts", ...Array.from({ length: 100_000 }, () => "+abc")) },
  ]);

  const two = await runTool(tool, { kind: "diff", path: "src" });
  const huge = await runTool(tool, { kind: "diff", path: "huge" });

  assert.match(
    two.text,
    /^2 files in .*\n- src\/a\.ts \(\+1500 −0\)\n- src\/b\.ts \(\+1500 −0\)\n\ndiff --git a\/src\/a\.ts /,
  );
  assert.equal(two.text.match(/^\+line 1499 of a file$/gmu)?.length, 2);
  assert.equal(two.whenCut, "With path it is the patch of one file or folder.");
  assert.match(huge.text, /^1 file in .*\n\ndiff --git /);
  assert.equal(huge.text.match(/^\+abc$/gmu)?.length, 100_000);
});

test("A log lists commits with their messages, a blame the lines of a range", async (context) => {
  const { root, fake, tool } = await open(context, (folder) => [
    {
      root: folder,
      commits: [
        {
          hash: "0123456789abcdef",
          message: "Mend it\n\nBecause.\n",
          author: "Ada",
          date: new Date("2026-01-02T03:04:05Z"),
        },
      ],
      blame: [1, 2, 3].map((line) => `01234567 (Ada 2026-01-02 03:04:05 +0000 ${line}) line ${line}`).join("\n"),
    },
  ]);

  const log = await runTool(tool, { kind: "log", path: "src/a.ts", maxEntries: 5 });
  const blame = await runTool(tool, { kind: "blame", path: "src/a.ts", startLine: 2 });

  assert.deepEqual(fake.asked, [{ path: join(root, "src/a.ts"), maxEntries: 5 }]);
  assert.equal(log.text, "1 commit of src/a.ts, newest first\n\n0123456789 2026-01-02 Ada: Mend it\n    Because.");
  assert.equal(
    blame.text,
    "src/a.ts (lines 2-3 of 3)\n\n01234567 (Ada 2026-01-02 03:04:05 +0000 2) line 2\n01234567 (Ada 2026-01-02 03:04:05 +0000 3) line 3",
  );
  await assert.rejects(
    runTool(tool, { kind: "blame", path: "src/a.ts", startLine: 9 }),
    /has 3 lines; there is no line 9/,
  );
});

test("With several repositories a path says which, without one none is looked at", async (context) => {
  const { fake, tool } = await open(context, (folder) => [{ root: folder }, { root: join(folder, "inner") }]);
  const none = await open(context, () => []);

  await assert.rejects(
    runTool(tool, { kind: "diff" }),
    /^ToolError: The workspace has several git repositories\. Name one, or a file in it, with path:\n- \.\n- inner$/,
  );
  await runTool(tool, { kind: "diff", path: "inner/x.ts" });
  assert.equal(fake.asked.length, 1);
  await assert.rejects(
    runTool(tool, { kind: "log", path: "/elsewhere" }),
    /\/elsewhere is in none of the git repositories/,
  );
  await assert.rejects(runTool(none.tool, { kind: "status" }), /has no git repository that is open in the editor/);
});

test("A ref is no option and no file; what a kind does not take is refused", async (context) => {
  const { fake, tool } = await open(context, (root) => [{ root }]);
  for (const ref of ["--output=x", "-p", "HEAD:.env", ":/fix", "a b", "a\nb", "*"]) {
    await assert.rejects(runTool(tool, { kind: "diff", ref }), /^ToolError: E_SCHEMA .* is no commit, branch or range/);
  }
  for (const ref of ["main", "HEAD~2", "v1.0^..HEAD", "feature/größe", "@{upstream}"])
    await runTool(tool, { kind: "diff", ref });

  assert.equal(fake.asked.length, 5);
  await assert.rejects(runTool(tool, { kind: "log", ref: "main" }), /E_SCHEMA ref is not for kind log/);
  await assert.rejects(runTool(tool, { kind: "blame" }), /E_SCHEMA blame needs the path of a file/);
  await assert.rejects(runTool(tool, { kind: "blame", path: "a", startLine: 3, endLine: 2 }), /E_SCHEMA endLine/);
});

test("Stop ends the wait for git with its reason", async (context) => {
  const { tool } = await open(context, (root) => [{ root, blame: new Promise(() => undefined) }]);
  const controller = new AbortController();
  const reason = new Error("stopped");
  const call = await tool.prepare({ kind: "blame", path: "src/a.ts" }, controller.signal);
  const run = call.run({ signal: controller.signal, output: () => undefined });

  controller.abort(reason);

  await assert.rejects(run, reason);
});
