import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { lookBelow, type TreeDepth } from "../../../../src/policy/commands/withheld-below.ts";
import { classifyPath } from "../../../../src/policy/paths/classify-path.ts";
import { createPathContext } from "../../../../src/policy/paths/path-context.ts";
import { ignoredNames } from "../../../../src/policy/paths/withheld-names.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { writeTree } from "../../../support/write-tree.ts";

async function lookIn(
  test: TestContext,
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
) {
  const root = await temporaryFolder(test);
  const folder = join(root, "ws");
  await writeTree(folder, { "a.txt": "", ...files });
  await writeTree(join(root, "out"), { "b.txt": "" });
  for (const [from, to] of Object.entries(links)) await symlink(to, join(folder, from));
  const context = createPathContext({ folders: () => [folder], home: join(root, "home") });
  return async (depth: TreeDepth, mostEntries = 100, path = folder) => {
    const seen = await lookBelow(path, {
      classifyPath: (each) => classifyPath(each, context),
      ignoredNames: () => ignoredNames(context),
      depth,
      mostEntries,
    });
    return seen.kind === "withheld" ? seen.found.canonical.slice(root.length + 1) : seen.kind;
  };
}

describe("lookBelow", () => {
  it("finds secret and ignored files at any depth", async (test) => {
    const inTree = await lookIn(test, { "src/deep/.env": "A=1" });
    assert.equal(await inTree("tree"), "ws/src/deep/.env");
    const ignored = await lookIn(test, { "p/x": "", ".outcropignore": "p/**\n" });
    assert.equal(await ignored("tree"), "ws/p");
    const key = await lookIn(test, { "k.pem": "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n" });
    assert.equal(await key("tree"), "ws/k.pem");
  });

  it("follows links only for a program that does", async (test) => {
    const look = await lookIn(test, {}, { out: "../out" });
    assert.deepEqual([await look("tree"), await look("linked-tree")], ["nothing", "out"]);
  });

  it("passes over git's own folder, a file, and what is not there", async (test) => {
    const look = await lookIn(test, { ".git/config": "" });
    assert.equal(await look("tree"), "nothing");
    assert.equal(await look("tree", 100, "/etc/hostname"), "nothing");
    assert.equal(await look("tree", 100, "/nowhere"), "nothing");
  });

  it("does not know where there is too much, or links lead in a circle", async (test) => {
    const look = await lookIn(test, { "b.txt": "", "c.txt": "" });
    assert.deepEqual([await look("tree", 3), await look("tree", 2)], ["nothing", "unknown"]);
    const circle = await lookIn(test, {}, { self: "." });
    assert.equal(await circle("linked-tree"), "unknown");
  });
});
