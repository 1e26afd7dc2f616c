import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { FilesGuard } from "../../../src/tools/files-guard.ts";
import { createListFiles } from "../../../src/tools/list-files.ts";
import { slowList } from "../../../src/tools/listing/slow-list.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { openGuard } from "../../support/open-guard.ts";
import { runTool } from "../../support/run-tool.ts";
import { searchEngines } from "../../support/search-engines.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

for (const { name, ripgrep } of await searchEngines()) {
  const open = async (
    context: TestContext,
    files: Readonly<Record<string, string>>,
    guard: FilesGuard = openGuard,
    outer: readonly string[] = [],
  ) => {
    const root = await temporaryFolder(context);
    await writeTree(root, files);
    const tool = createListFiles(fixedWorkspace([root, ...outer]), ripgrep, guard);
    return { root, tool, list: async (input: object) => (await runTool(tool, input)).text };
  };

  test(`With ${name} list_files names the files below a folder, sorted, in three tenses`, async (context) => {
    const { root, tool } = await open(context, { "src/b.ts": "", "src/a/z.ts": "", "src/a.ts": "", "other.md": "" });
    const { call, title, text } = await runTool(tool, { path: "src" });
    assert.equal(text, "3 files in src\n\nsrc/a.ts\nsrc/a/z.ts\nsrc/b.ts");
    assert.deepEqual([call.title, title], ["Listing src", "Listed src, 3 files"]);
    assert.deepEqual([call.effect, call.targets, call.includesIgnored], ["read", [{ path: join(root, "src") }], false]);
    assert.deepEqual(call.subject, { question: "List src?", details: [{ label: "In", value: join(root, "src") }] });
  });

  test(`With ${name} list_files takes globs as search_files does`, async (context) => {
    const { list } = await open(context, { "src/a.ts": "", "src/b.tsx": "", "src/c.md": "", "test/d.ts": "" });
    assert.equal(await list({ glob: "*.ts" }), "2 files in the workspace (*.ts)\n\nsrc/a.ts\ntest/d.ts");
    assert.equal(
      await list({ glob: "src/*.{ts,tsx}" }),
      "2 files in the workspace (src/*.{ts,tsx})\n\nsrc/a.ts\nsrc/b.tsx",
    );
    assert.equal(await list({ path: "src", glob: "!*.md" }), "2 files in src (!*.md)\n\nsrc/a.ts\nsrc/b.tsx");
    await assert.rejects(list({ glob: "../*" }), /E_PATH The glob "\.\.\/\*" leaves the folder/);
    await assert.rejects(list({ glob: "{a" }), /is not valid: unclosed alternate group/);
  });

  test(`With ${name} list_files leaves out ignored files, .git and links, and not hidden files`, async (context) => {
    const { root, list } = await open(context, {
      ".gitignore": "build/\n*.log\n",
      ".git/config": "",
      ".hidden/a.txt": "",
      "build/out.js": "",
      "src/a.ts": "",
      "src/run.log": "",
    });
    await symlink(join(root, "src"), join(root, "linked"));
    await symlink(join(root, "src/a.ts"), join(root, "b.ts"));
    assert.equal(await list({}), "3 files in the workspace\n\n.gitignore\n.hidden/a.txt\nsrc/a.ts");
    assert.equal(await list({ glob: "*.log" }), "0 files in the workspace (*.log) (ignored files were not listed)");
    assert.match(await list({ includeIgnored: true }), /^5 files.*\nbuild\/out\.js\nsrc\/a\.ts\nsrc\/run\.log$/s);
    assert.equal(await list({ path: "build" }), "1 file in build\n\nbuild/out.js");
  });

  test(`With ${name} list_files names the first of many, and the folders of the rest`, async (context) => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`src/deep/er/${index}.ts`, ""]));
    const { list } = await open(context, { "a.md": "", "lib/x.ts": "", "lib/y.ts": "", ...many, "z.md": "" });
    assert.equal(
      await list({ maxResults: 2 }),
      "11 files in the workspace (the first 2 are listed; narrow path or glob)\n\na.md\nlib/x.ts\n\nNot listed:\n- lib/: 1 file\n- src/deep/: 7 files\n- here: 1 file",
    );
  });

  test(`With ${name} list_files lists as many as were asked for, however long the names are`, async (context) => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`${"long-".repeat(40)}${String(index).padStart(3, "0")}.ts`, ""]),
    );
    const { list } = await open(context, many);
    const text = await list({ maxResults: 1000 });
    assert.match(text, /^300 files in the workspace\n/);
    assert.equal(text.match(/^long-.*\.ts$/gmu)?.length, 300);
  });

  test(`With ${name} list_files only counts what is withheld`, async (context) => {
    const guard: FilesGuard = {
      ...openGuard,
      withheldNames: async () => (path) => path.includes("key"),
      isWithheld: async (path) => path.endsWith(".key"),
    };
    const { root, list } = await open(context, { "a.key": "", "b.key": "", "keyboard.ts": "" }, guard);
    assert.equal(await list({}), "1 file in the workspace\n\nkeyboard.ts\n\n2 files withheld");
    await writeTree(root, { "m.ts": "", "z/z.key": "" });
    const cut = "(the first 1 are listed; narrow path or glob)";
    const rest = "Not listed:\n- here: 1 file\n- z/: 1 file\n\nat least 2 files withheld";
    assert.equal(await list({ maxResults: 1 }), `3 files in the workspace ${cut}\n\nkeyboard.ts\n\n${rest}`);
  });

  test(`With ${name} list_files lists every open folder, each name with its folder before it`, async (context) => {
    const second = await temporaryFolder(context);
    await writeTree(second, { "b.ts": "" });
    const { root, list } = await open(context, { "a.ts": "" }, openGuard, [second]);
    const names = [`${root.split("/").at(-1)}/a.ts`, `${second.split("/").at(-1)}/b.ts`].toSorted();
    assert.equal(await list({}), `2 files in the workspace\n\n${names.join("\n")}`);
  });

  test(`With ${name} list_files refuses what is not there, and stops when the turn is stopped`, async (context) => {
    const { tool, list } = await open(context, { "src/a.ts": "" });
    await assert.rejects(list({ path: "scr" }), /^ToolError: scr does not exist\. Similar names beside it: src\//);
    await assert.rejects(list({ path: "" }), /E_PATH "" is empty/);
    const stop = new AbortController();
    const call = await tool.prepare({}, stop.signal);
    stop.abort(new Error("stopped"));
    await assert.rejects(call.run({ signal: stop.signal, output: () => undefined }), /^Error: stopped$/);
  });
}

test("A listing says where it stopped: at the most files, or at the time limit", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "a.ts": "", "b.ts": "", "c.ts": "" });
  const never = new AbortController().signal;
  const scope = { root, start: "", globs: [], includeIgnored: false };
  const full = await slowList({ ...scope, mostFiles: 2, deadline: never }, never);
  assert.deepEqual(full, { paths: ["a.ts", "b.ts"], stoppedBy: "limit", leftOut: [] });
  const late = await slowList({ ...scope, mostFiles: 2, deadline: AbortSignal.abort() }, never);
  assert.deepEqual(late, { paths: [], stoppedBy: "deadline", leftOut: [] });
});
