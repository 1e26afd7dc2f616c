import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commitChanges } from "../../../../src/tools/commit/commit-changes.ts";
import { commitForm, commitInput, commitText } from "../../../../src/tools/commit/commit-message.ts";
import { FakeRepositories, type FakeRepository } from "../../../support/fake-repositories.ts";
import { openGuard } from "../../../support/open-guard.ts";

const root = "/srv/app";
const patch = ["diff --git a/a.ts b/a.ts", "--- a/a.ts", "+++ b/a.ts", "@@ -1 +1 @@", "-one", "+two", ""].join("\n");
const changed = { path: `${root}/a.ts`, status: "modified" };
const added = { path: `${root}/docs/new.md`, status: "untracked" };
const commits = [{ hash: "1", message: "Fix: the first\n\nBody", author: "A", date: undefined }];

async function changesOf(own: Partial<FakeRepository>) {
  const repositories = new FakeRepositories([{ root, patch, commits, ...own }]);
  const [repository] = await repositories.list();
  assert.ok(repository);
  const changes = await commitChanges(repository, openGuard);
  return { changes, asked: repositories.asked };
}

describe("commitChanges", () => {
  it("takes what is staged, alone, and the subjects of the commits before", async () => {
    const { changes, asked } = await changesOf({ status: { staged: [changed], untracked: [added] } });
    assert.deepEqual([changes.isStaged, changes.subjects], [true, ["Fix: the first"]]);
    assert.match(changes.text, /^1 file in what is staged\n[\s\S]*\+two$/);
    assert.deepEqual(asked[0], { path: root, staged: true, ref: undefined });
  });

  it("takes everything where nothing is staged, new files by their names", async () => {
    const { changes, asked } = await changesOf({ status: { unstaged: [changed], untracked: [added] }, commits: [] });
    assert.deepEqual([changes.isStaged, changes.subjects], [false, []]);
    assert.match(changes.text, /\+two\n\nNew files, without their text:\ndocs\/new\.md$/);
    assert.deepEqual(asked[0], { path: root, staged: false, ref: undefined });
    assert.match(commitInput(changes), /^There is no earlier commit\./);
  });

  it("names every file of a long difference, and shows its beginning and its end", async () => {
    const long = (name: string): string =>
      patch.replaceAll("a.ts", name).replace("+two", "+two\n".repeat(10_000).trimEnd());
    const { changes } = await changesOf({ status: { staged: [changed] }, patch: `${long("a.ts")}${long("b.ts")}` });
    assert.ok(changes.text.length <= 48_000, `${changes.text.length}`);
    assert.match(
      changes.text,
      /^2 files .*\n- a\.ts \(\+10000 −1\)\n- b\.ts \(\+10000 −1\)\n\ndiff --git .*left out.*\+two$/su,
    );
  });

  it("says where there is nothing to commit", async () => {
    await assert.rejects(changesOf({}), { name: "ToolError", message: "There is nothing to commit." });
  });
});

describe("commitText", () => {
  it("is a subject of one line, and a body behind an empty one", () => {
    assert.equal(commitText({ subject: " Fix\n it " }), "Fix it");
    assert.equal(commitText({ subject: "Fix", body: "\r\nOne \r\ntwo\n" }), "Fix\n\nOne\ntwo");
  });

  it("takes no message without a subject", () => {
    const { schema } = commitForm;
    assert.ok("safeParse" in schema);
    assert.equal(schema.safeParse({ subject: " " }).success, false);
  });
});
