import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskPlaces } from "../../../src/headless/disk-places.ts";
import { createMoveFile } from "../../../src/tools/move-file.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const context = { signal: new AbortController().signal, output: () => undefined };

async function moving(test: TestContext, files: Readonly<Record<string, string>>) {
  const root = await temporaryFolder(test);
  await writeTree(root, files);
  const tool = createMoveFile(fixedWorkspace([root]), new DiskPlaces(join(root, "kept")));
  return {
    root,
    move: (from: string, to: string) => runTool(tool, { from, to }),
    prepare: (from: string, to: string) => tool.prepare({ from, to }, context.signal),
    content: (path: string) => readFile(join(root, path), "utf8"),
  };
}

describe("move_file", () => {
  it("gives a file another path, folders made, in three tenses", async (test) => {
    const { root, move, content } = await moving(test, { "a.ts": "one\n" });
    const { call, title, text } = await move("a.ts", "src/new/b.ts");
    assert.equal(await content("src/new/b.ts"), "one\n");
    assert.deepEqual((await readdir(root)).toSorted(), ["src"]);
    assert.deepEqual(
      [call.title, title, text],
      ["Moving a.ts to src/new/b.ts", "Moved a.ts to src/new/b.ts", "Moved a.ts to src/new/b.ts."],
    );
    const [from, to] = [join(root, "a.ts"), join(root, "src/new/b.ts")];
    assert.deepEqual(
      [call.effect, call.targets],
      [
        "write",
        [
          { path: from, access: "write", canonical: from },
          { path: to, access: "write", canonical: to },
        ],
      ],
    );
    assert.deepEqual(call.subject, {
      question: "Move a.ts?",
      details: [
        { label: "File", value: from },
        { label: "To", value: to },
        { label: "Size", value: "4 bytes" },
      ],
    });
  });

  it("moves a folder with all that is in it, each of which is a target at both ends", async (test) => {
    const { root, move, content } = await moving(test, { "src/a.ts": "a", "src/in/b.ts": "b" });
    await symlink("a.ts", join(root, "src/link"));
    const { call, text } = await move("src", "lib");
    assert.equal(text, "Moved src to lib (4 files and folders).");
    assert.deepEqual([await content("lib/in/b.ts"), await content("lib/link")], ["b", "a"]);
    const names = ["", "/a.ts", "/in", "/in/b.ts", "/link"];
    assert.deepEqual(
      call.targets.map(({ path }) => path),
      ["src", "lib"].flatMap((folder) => names.map((name) => join(root, `${folder}${name}`))),
    );
    assert.deepEqual(call.subject.details.slice(2), [
      { label: "Holds", value: "4 files and folders, 2 bytes" },
      { label: "In it", value: "a.ts, in, in/b.ts, link" },
    ]);
  });

  it("overwrites nothing, whatever is there", async (test) => {
    const { move, prepare, content } = await moving(test, { "a.ts": "a", "b.ts": "b", "lib/c.ts": "c" });
    await assert.rejects(move("a.ts", "b.ts"), {
      message: "E_PATH b.ts is there already. Nothing is overwritten by a move.",
    });
    await assert.rejects(move("a.ts", "lib"), {
      message: "E_PATH lib is a folder that is there already. To move into it give the whole new path: lib/a.ts",
    });
    await assert.rejects(move("a.ts", "a.ts"), /E_PATH a\.ts is a\.ts itself, or lies in it\. Nothing was moved\./);
    await assert.rejects(move("lib", "lib/in/deep"), /E_PATH lib\/in\/deep is lib itself, or lies in it/);
    assert.deepEqual((await prepare("a.ts", "b.ts")).effect, "read");
    assert.deepEqual([await content("a.ts"), await content("b.ts")], ["a", "b"]);
  });

  it("refuses what came to either end since it was shown", async (test) => {
    const { root, prepare, content } = await moving(test, { "a.ts": "a", "src/a.ts": "a" });
    const file = await prepare("a.ts", "b.ts");
    await writeFile(join(root, "b.ts"), "b");
    await assert.rejects(file.run(context), /^ToolError: E_STALE .*b\.ts is not what it was/);
    const folder = await prepare("src", "lib");
    await writeFile(join(root, "src/new.ts"), "");
    await assert.rejects(folder.run(context), /^ToolError: E_STALE .*src is not what it was/);
    const changed = await prepare("a.ts", "c.ts");
    await writeFile(join(root, "a.ts"), "more");
    await assert.rejects(changed.run(context), /^ToolError: E_STALE /);
    assert.deepEqual([await content("a.ts"), await content("b.ts")], ["more", "b"]);
  });

  it("refuses links, the open folder, what is missing and folders too large to judge", async (test) => {
    const { root, move } = await moving(test, { "a.ts": "a" });
    await symlink("a.ts", join(root, "link"));
    await mkdir(join(root, "many"));
    for (let count = 0; count <= 300; count++) await writeFile(join(root, "many", `${count}`), "");
    await assert.rejects(
      move("link", "b.ts"),
      /E_PATH .*link is a link\. Links are neither moved nor deleted by a tool\./,
    );
    await assert.rejects(move("c.ts", "b.ts"), { message: "c.ts does not exist. Use list_files to find it." });
    await assert.rejects(
      move(root, join(root, "..", `${basename(root)}-2`)),
      /E_PATH .* is a folder that is open in the editor/,
    );
    await assert.rejects(move("many", "few"), /E_TOO_LARGE .*many holds more than 300 files and folders/);
    await assert.rejects(move("a.ts", "many"), /E_PATH many is a folder that is there already/);
  });

  it("judges a path through a link by where it leads, and moves nothing of a stopped turn", async (test) => {
    const { root, move, prepare, content } = await moving(test, { "src/a.ts": "a" });
    await symlink("src", join(root, "linked"));
    const { call } = await move("linked/a.ts", "linked/b.ts");
    assert.deepEqual(
      call.targets.map(({ canonical }) => canonical),
      [join(root, "src/a.ts"), join(root, "src/b.ts")],
    );
    const stopped = await prepare("src/b.ts", "c.ts");
    const signal = AbortSignal.abort(new Error("stopped"));
    await assert.rejects(stopped.run({ ...context, signal }), /^Error: stopped$/);
    assert.equal(await content("src/b.ts"), "a");
  });
});
