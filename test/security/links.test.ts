import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { link, mkdir, readdir, readFile, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { judgeTarget } from "../../src/policy/paths/target-facts.ts";
import { slowSearch } from "../../src/tools/slow-search.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTree } from "../support/write-tree.ts";
import { fileScene, run } from "./file-scene.ts";

describe("links and special files", () => {
  it("B01 a link to a file outside is judged and shown as that file", async (test) => {
    const { ws, out, judge } = await fileScene(test);
    await writeFile(join(out, "s.txt"), "s\n");
    await symlink(join(out, "s.txt"), join(ws, "l"));
    const { verdict, labels, targets } = await judge("read_file", { path: "l" });
    assert.deepEqual([verdict, labels], ["ask 2", ["outside workspace"]]);
    assert.deepEqual(targets, [
      { place: "outside", kind: "ordinary", canonical: join(out, "s.txt"), access: "read", link: join(ws, "l") },
    ]);
  });

  it("B02 a new file through a linked folder is outside", async (test) => {
    const { ws, out, judge } = await fileScene(test);
    await symlink(out, join(ws, "d"));
    const { verdict, everyTime, targets, call } = await judge("write_file", { path: "d/new.txt", content: "x" });
    assert.deepEqual([verdict, everyTime, targets[0]?.canonical], ["ask 2", true, join(out, "new.txt")]);
    assert.deepEqual(call?.subject.details.slice(0, 2), [
      { label: "New file", value: join(ws, "d/new.txt") },
      { label: "Leads to", value: join(out, "new.txt") },
    ]);
  });

  it("B03 a link to nothing is judged by where it leads, and nothing is made unasked", async (test) => {
    const { ws, out, judge, prepare } = await fileScene(test);
    await symlink(join(out, "absent"), join(ws, "l"));
    const { verdict, everyTime, targets } = await judge("write_file", { path: "l", content: "x" });
    assert.deepEqual([verdict, everyTime, targets[0]?.canonical], ["ask 2", true, join(out, "absent")]);
    assert.deepEqual(await readdir(out), []);
    await run(await prepare("write_file", { path: "l", content: "x" }));
    assert.equal(await readFile(join(out, "absent"), "utf8"), "x", "once it is allowed it does what was asked");
  });

  it("B04 a chain of links is followed to its end", async (test) => {
    const { ws, out, judge } = await fileScene(test);
    await writeFile(join(out, "s.txt"), "s\n");
    await symlink(join(out, "s.txt"), join(ws, "c"));
    await symlink("c", join(ws, "b"));
    await symlink("b", join(ws, "a"));
    const { verdict, targets } = await judge("read_file", { path: "a" });
    assert.deepEqual([verdict, targets[0]?.canonical], ["ask 2", join(out, "s.txt")]);
  });

  it("B05 a workspace that is itself reached through a link is inside", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), join(folder, "linked"));
    const { judge, prepare } = await fileScene(test, { folders: () => [join(folder, "linked")] });
    const { verdict, labels } = await judge("write_file", { path: "new.txt", content: "x" });
    assert.deepEqual([verdict, labels], ["ask 1", []]);
    await run(await prepare("write_file", { path: "new.txt", content: "x" }));
    assert.equal(await readFile(join(folder, "real/new.txt"), "utf8"), "x");
    assert.equal((await judge("read_file", { path: "new.txt" })).verdict, "allow");
  });

  it("B06 a circle of links is no file, and ends no search", async (test) => {
    const { ws, judge } = await fileScene(test);
    await symlink("b", join(ws, "a"));
    await symlink("a", join(ws, "b"));
    await writeFile(join(ws, "c.txt"), "x\n");
    assert.equal((await judge("read_file", { path: "a" })).verdict, "deny E_PATH");
    assert.equal((await judge("read_file", { path: "a/deeper" })).verdict, "deny E_PATH");
    assert.equal((await judge("write_file", { path: "a", content: "x" })).verdict, "deny E_PATH");
    assert.deepEqual(await searched(ws), ["c.txt"]);
  });

  it("B07 a protected folder under another name is protected, both ways", async (test) => {
    const { ws, judge } = await fileScene(test);
    await mkdir(join(ws, ".vscode"));
    await symlink(".vscode", join(ws, "cfg"));
    await mkdir(join(ws, "hooks"));
    await symlink("hooks", join(ws, ".husky"));
    await writeFile(join(ws, ".git"), "gitdir: ./metadata\n");
    await mkdir(join(ws, "metadata"));
    const write = async (path: string) => (await judge("write_file", { path, content: "{}" })).verdict;
    assert.equal(await write("cfg/settings.json"), "ask 2");
    assert.equal(await write("hooks/pre-commit"), "ask 2", "husky runs it by its other name");
    assert.equal(await write(".husky/pre-commit"), "ask 2");
    assert.equal(await write("metadata/hooks/pre-commit"), "deny E_PROTECTED", "git keeps its hooks there");
    assert.equal(await write("other/pre-commit"), "ask 1");
  });

  it("B08 a file with a name elsewhere is shown as such when it is written", async (test) => {
    const { ws, out, judge, prepare } = await fileScene(test);
    await writeFile(join(out, "a"), "one\n");
    await link(join(out, "a"), join(ws, "a"));
    const edit = { path: "a", old_text: "one", new_text: "two" };
    const { verdict, labels, call } = await judge("edit_file", edit);
    assert.deepEqual([verdict, labels], ["ask 1", ["also linked elsewhere"]]);
    assert.deepEqual(
      call?.subject.details.find(({ label }) => label === "Also linked elsewhere")?.value,
      "The file has 2 names; one other name keeps the old content.",
    );
    assert.equal((await judge("read_file", { path: "a" })).verdict, "allow");
    await run(await prepare("edit_file", edit));
    assert.deepEqual(
      [await readFile(join(ws, "a"), "utf8"), await readFile(join(out, "a"), "utf8")],
      ["two\n", "one\n"],
    );
  });

  it("B08 no rule covers a file with a name elsewhere", async (test) => {
    const { ws, out, judge, play } = await fileScene(test, { rules: ['allow edit_file(glob "**")'] });
    await writeTree(ws, { b: "one\n" });
    await writeFile(join(out, "a"), "one\n");
    await link(join(out, "a"), join(ws, "a"));
    const change = { old_text: "one", new_text: "two" };
    const { verdict, everyTime } = await judge("edit_file", { path: "a", ...change });
    assert.deepEqual([verdict, everyTime], ["ask 1", true]);
    assert.deepEqual((await play("edit_file", { path: "b", ...change })).requests, []);
  });

  it("B09 pipes, sockets, devices and folders are no files, and are not waited for", async (test) => {
    const { ws, judge } = await fileScene(test);
    execFileSync("mkfifo", [join(ws, "pipe")]);
    const server = createServer().listen(join(ws, "socket"));
    test.after(() => server.close());
    await mkdir(join(ws, "folder"));
    for (const path of ["pipe", "socket", "/dev/zero", "/dev/null"]) {
      assert.equal((await judge("read_file", { path })).verdict, "deny E_PATH", path);
      assert.equal((await judge("write_file", { path, content: "x" })).verdict, "deny E_PATH", path);
      assert.equal((await judge("edit_file", { path, old_text: "a", new_text: "b" })).verdict, "deny E_PATH", path);
    }
    assert.equal((await judge("search_files", { path: "pipe", pattern: "x" })).verdict, "deny E_PATH");
    assert.equal((await judge("write_file", { path: "folder", content: "x" })).verdict, "deny E_PATH");
    assert.equal((await judge("read_file", { path: "/etc" })).message, "E_PATH /etc is a folder, not a file.");
    assert.deepEqual(await searched(ws), []);
  });

  it("B10 a folder that became a link after the approval is not written through", async (test) => {
    const { ws, out, prepare } = await fileScene(test);
    await writeTree(ws, { "src/a": "old\n" });
    await writeTree(out, { a: "outside\n" });
    const calls = [
      await prepare("write_file", { path: "src/a", content: "new\n" }),
      await prepare("edit_file", { path: "src/a", old_text: "old", new_text: "new" }),
      await prepare("write_file", { path: "src/b", content: "new\n" }),
      await prepare("read_file", { path: "src/a" }),
      await prepare("run_command", { command: "touch made", cwd: "src" }),
    ];
    await rename(join(ws, "src"), join(ws, "kept"));
    await symlink(out, join(ws, "src"));
    for (const call of calls) await assert.rejects(run(call), /^ToolError: E_STALE /, call.title);
    assert.deepEqual([await readdir(out), await readFile(join(out, "a"), "utf8")], [["a"], "outside\n"]);
    assert.equal(await readFile(join(ws, "kept/a"), "utf8"), "old\n");
  });

  it("B10 the policy refuses a path that leads elsewhere than when the call was prepared", async (test) => {
    const { ws, out, context, prepare } = await fileScene(test);
    await mkdir(join(ws, "src"));
    const call = await prepare("write_file", { path: "src/a", content: "new\n" });
    await rm(join(ws, "src"), { recursive: true });
    await symlink(out, join(ws, "src"));
    for (const target of call.targets) {
      await assert.rejects(judgeTarget(target, call.effect, context), /^ToolError: E_STALE /);
    }
  });

  it("B11 a file that became a link after the approval is neither read nor written", async (test) => {
    const { ws, out, prepare } = await fileScene(test);
    await writeFile(join(ws, "a"), "same\n");
    await writeFile(join(out, "s"), "same\n");
    const calls = [
      await prepare("write_file", { path: "a", content: "new\n" }),
      await prepare("edit_file", { path: "a", old_text: "same", new_text: "new" }),
      await prepare("read_file", { path: "a" }),
      await prepare("write_file", { path: "b", content: "new\n" }),
    ];
    await unlink(join(ws, "a"));
    for (const name of ["a", "b"]) await symlink(join(out, "s"), join(ws, name));
    for (const call of calls) await assert.rejects(run(call), /^ToolError: E_STALE /, call.title);
    assert.deepEqual([await readdir(out), await readFile(join(out, "s"), "utf8")], [["s"], "same\n"]);
  });

  it("B11 a link that leads to another file than at the approval is not followed", async (test) => {
    const { ws, prepare } = await fileScene(test);
    await writeTree(ws, { a: "same\n", b: "same\n" });
    await symlink("a", join(ws, "l"));
    const calls = [
      await prepare("write_file", { path: "l", content: "new\n" }),
      await prepare("edit_file", { path: "l", old_text: "same", new_text: "new" }),
      await prepare("read_file", { path: "l" }),
    ];
    await unlink(join(ws, "l"));
    await symlink("b", join(ws, "l"));
    for (const call of calls) await assert.rejects(run(call), /^ToolError: E_STALE /, call.title);
    for (const name of ["a", "b"]) assert.equal(await readFile(join(ws, name), "utf8"), "same\n");
  });

  it("B12 linked folders are not searched", async (test) => {
    const { ws, out } = await fileScene(test);
    await writeFile(join(out, "s.txt"), "x\n");
    await writeFile(join(ws, "a.txt"), "x\n");
    await symlink(out, join(ws, "d"));
    assert.deepEqual(await searched(ws), ["a.txt"]);
  });

  it("B13 a link that a command made counts like any other", async (test) => {
    const { ws, out, judge, prepare } = await fileScene(test);
    assert.equal((await judge("write_file", { path: "d/x", content: "x" })).verdict, "ask 1");
    await run(await prepare("run_command", { command: `ln -s '${out}' d` }));
    const { verdict, targets } = await judge("write_file", { path: "d/x", content: "x" });
    assert.deepEqual([verdict, targets[0]?.link, targets[0]?.canonical], ["ask 2", join(ws, "d/x"), join(out, "x")]);
  });
});

/** Files below the folder in which a search finds an x. */
async function searched(root: string): Promise<readonly string[]> {
  const request = {
    ...{ root, start: "", pattern: "x", regex: false, caseSensitive: true, globs: [], includeIgnored: true },
    ...{ maxResults: 100, deadline: new AbortController().signal },
  };
  const outcome = await slowSearch(request, new AbortController().signal);
  assert.equal(outcome.stoppedBy, undefined);
  return outcome.found.map(({ path }) => path);
}
