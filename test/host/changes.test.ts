import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { createPathContext } from "../../src/policy/paths/path-context.ts";
import { FileGuard } from "../../src/policy/redaction/file-guard.ts";
import { Redactor } from "../../src/policy/redaction/redactor.ts";
import { createGetChanges } from "../../src/tools/get-changes.ts";
import { EditorRepositories } from "../../src/vscode/changes/editor-repositories.ts";
import { EditorWorkspace } from "../../src/vscode/editor-workspace.ts";
import { runTool } from "../support/run-tool.ts";

const workspace = new EditorWorkspace();
const root = workspace.folders()[0]?.path ?? "";
const guard = new FileGuard(createPathContext({ folders: () => [root] }), new Redactor());
const tool = createGetChanges({ workspace, guard, repositories: new EditorRepositories() });

const git = (...parameters: readonly string[]) => promisify(execFile)("git", parameters, { cwd: root });

// The sample workspace is a real repository with one commit.
before(async () => {
  await appendFile(join(root, "src", "round.ts"), "// a line of ours\n");
  await git("mv", "docs/retry-policy.md", "docs/retries größer.md");
  await writeFile(join(root, "new-file.txt"), "one\n");
  await writeFile(join(root, ".env"), "SHIPPING_TOKEN=q7Zr4kPw9XtB2mVn\n");
  await git("add", "--intent-to-add", "--force", ".env");
});

after(async () => {
  await git("reset", "--quiet");
  await git("checkout", "--quiet", "--", "src/round.ts", "docs/retry-policy.md");
  for (const name of ["new-file.txt", ".env", "docs/retries größer.md"]) await rm(join(root, name), { force: true });
});

test("get_changes gives the status by groups", async () => {
  const { text } = await runTool(tool, { kind: "status" });

  const [header, ...lines] = text.split("\n");
  assert.match(header ?? "", /^parcel-notifier: branch main; \d+ changed files$/);
  assert.ok(lines.join("\n").includes("Staged:\nrenamed: docs/retries größer.md (was docs/retry-policy.md)"), text);
  assert.ok(lines.includes("modified: src/round.ts"), text);
  assert.ok(lines.slice(lines.indexOf("Untracked:")).includes("untracked: new-file.txt"), text);
});

test("get_changes gives what is not staged as a patch, secret files by their name alone", async () => {
  const { text } = await runTool(tool, { kind: "diff" });
  const env = await runTool(tool, { kind: "diff", path: ".env" });
  const folder = await runTool(tool, { kind: "diff", path: "src" });

  assert.match(text, /^\d files in changes of parcel-notifier \(what is staged or untracked is not in it\)\n/);
  assert.match(text, /\ndiff --git a\/src\/round\.ts b\/src\/round\.ts\n[\s\S]*\n\+\/\/ a line of ours\n?/);
  assert.match(text, /(?:^|\n)\.env: withheld \(\+1 −0\)/);
  assert.match(env.text, /\n\+SHIPPING_TOKEN=\[redacted:/);
  assert.doesNotMatch(`${text}${env.text}`, /q7Zr4kPw9XtB2mVn/);
  assert.match(folder.text, /^1 file in changes of src /);
});

test("get_changes gives what is staged, and a comparison with a commit", async () => {
  const staged = await runTool(tool, { kind: "diff", staged: true, path: "docs" });
  const commit = await runTool(tool, { kind: "diff", ref: "HEAD", path: "src/round.ts" });
  const same = await runTool(tool, { kind: "diff", ref: "HEAD..main" });

  assert.match(staged.text, /^1 file in staged changes of docs\n[\s\S]*rename from docs\/retry-policy\.md\n/);
  assert.match(commit.text, /^1 file in changes of src\/round\.ts against HEAD\n[\s\S]*\n\+\/\/ a line of ours/);
  assert.equal(same.text, "No difference in changes of parcel-notifier against HEAD..main");
  await assert.rejects(runTool(tool, { kind: "diff", ref: "no-such-branch" }), {
    name: "ToolError",
    message: "Git could not answer: bad revision 'no-such-branch'",
  });
});

test("get_changes gives the log and the blame of a file", async () => {
  const log = await runTool(tool, { kind: "log" });
  const untouched = await runTool(tool, { kind: "log", path: "new-file.txt" });
  const blame = await runTool(tool, { kind: "blame", path: "src/round.ts", endLine: 2 });

  assert.match(
    log.text,
    /^1 commit of parcel-notifier, newest first\n\n[0-9a-f]{10} \d{4}-\d\d-\d\d Sample: Import the parcel notifier$/,
  );
  assert.equal(untouched.text, "No commit of new-file.txt.");
  assert.match(
    blame.text,
    /^src\/round\.ts \(lines 1-2 of \d+\)\n\n\^?[0-9a-f]+ \(Sample .* 1\) .+\n\^?[0-9a-f]+ \(Sample .* 2\)/,
  );
  await assert.rejects(
    runTool(tool, { kind: "blame", path: "new-file.txt" }),
    /Git could not answer: no such path 'new-file\.txt' in HEAD/,
  );
});

test("get_changes says of a place outside that no repository has it", async () => {
  await assert.rejects(runTool(tool, { kind: "log", path: "/" }), {
    name: "ToolError",
    message: "/ is in none of the git repositories that are open in the editor:\n- .",
  });
});
