import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { FileFinder } from "../../../../src/tools/context/find-files.ts";
import { fixedWorkspace } from "../../../support/fixed-workspace.ts";
import { writeManyFiles } from "../../../support/many-files.ts";
import { openGuard } from "../../../support/open-guard.ts";
import { searchEngines } from "../../../support/search-engines.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testPolicy } from "../../../support/test-policy.ts";
import { writeTree } from "../../../support/write-tree.ts";

for (const { name, ripgrep } of await searchEngines()) {
  const open = async (
    context: TestContext,
    files: Readonly<Record<string, string>>,
    excluded: readonly string[] = [],
  ) => {
    const root = await temporaryFolder(context);
    await writeTree(root, files);
    let now = 0;
    const finder = new FileFinder({
      workspace: fixedWorkspace([root]),
      findRipgrep: ripgrep,
      excluded: () => excluded,
      openFiles: () => [join(root, "src", "b.ts"), "/elsewhere/x.ts"],
      now: () => now,
    });
    const paths = async (query: string, guard = openGuard) => (await finder.find(query, guard)).map(({ path }) => path);
    const pass = (ms: number) => {
      now += ms;
    };
    return { root, finder, paths, pass };
  };

  test(`UX21 with ${name} open editors come first, and what .gitignore or files.exclude leave out is not found`, async (context) => {
    const tree = { "src/a.ts": "", "src/b.ts": "", "out/a.js": "", "gen/a.ts": "", ".gitignore": "out/\n" };
    const { paths, finder } = await open(context, tree, ["**/gen"]);
    assert.equal((await paths(""))[0], "src/b.ts");
    assert.deepEqual((await paths("")).toSorted(), [".gitignore", "src/a.ts", "src/b.ts"]);
    assert.deepEqual(await finder.find("src", openGuard), [
      { kind: "file", path: "src/b.ts" },
      { kind: "file", path: "src/a.ts" },
      { kind: "folder", path: "src" },
    ]);
  });

  test(`C04 with ${name} keys and what .outcropignore lists are not found`, async (context) => {
    const tree = { id_rsa: "", "a-secret.ts": "", "private/a-secret.md": "", ".outcropignore": "private/\n" };
    const { root, paths } = await open(context, tree);
    const { policy } = testPolicy({ folders: [root] });
    assert.deepEqual(await paths("secret", policy.files), ["a-secret.ts"]);
    assert.deepEqual(await paths("id_rsa", policy.files), []);
  });

  test(`UX21 with ${name} a list counts for a while, so that typing does not make it anew`, async (context) => {
    const { root, paths, pass } = await open(context, { "one.ts": "" });
    assert.deepEqual(await paths("o"), ["one.ts"]);
    await writeTree(root, { "once.ts": "" });
    assert.deepEqual(await paths("on"), ["one.ts"]);
    pass(10_001);
    assert.deepEqual(await paths("on"), ["one.ts", "once.ts"]);
  });

  test(`UX21 with ${name} a later query of 10,000 files reads no folder again`, async (context) => {
    const root = join(await temporaryFolder(context), "many");
    await writeManyFiles(root, 10_000);
    let listings = 0;
    const finder = new FileFinder({
      workspace: fixedWorkspace([root]),
      findRipgrep: async (folders) => {
        listings += 1;
        return ripgrep(folders);
      },
      excluded: () => [],
      openFiles: () => [],
      now: () => 0,
    });
    const first = await finder.find("retry", openGuard);
    // What is gone could not be found by whoever looks for it.
    await rm(root, { recursive: true });
    assert.deepEqual(await finder.find("retry", openGuard), first);
    assert.deepEqual(
      (await finder.find("main-9981", openGuard)).map(({ path }) => path),
      ["src/area-9/part-99/main-9981.ts"],
    );
    assert.deepEqual([first.length, listings], [40, 1]);
  });
}
