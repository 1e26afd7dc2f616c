import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeTree } from "../support/write-tree.ts";
import { fileScene } from "./file-scene.ts";

describe("moving and deleting", () => {
  it("D15 a protected file is deleted or renamed only in a native modal, and so is what becomes one", async (test) => {
    const { ws, judge } = await fileScene(test, {
      rules: ['allow move_file(glob "**")', 'allow delete_file(glob "**")'],
    });
    await writeTree(ws, { ".vscode/tasks.json": "{}", "a.json": "{}", "pkg/.vscode/settings.json": "{}" });
    for (const [tool, input] of [
      ["delete_file", { path: ".vscode/tasks.json" }],
      ["delete_file", { path: "pkg" }],
      ["move_file", { from: ".vscode/tasks.json", to: "tasks.json" }],
      ["move_file", { from: "a.json", to: ".vscode/launch.json" }],
      ["move_file", { from: "pkg", to: "other" }],
    ] as const) {
      const { verdict, everyTime, labels } = await judge(tool, input);
      assert.deepEqual([verdict, everyTime, labels], ["ask 2", true, ["protected file"]], JSON.stringify(input));
    }
  });

  it("D15 what is git's own, keys and ignored files are moved and deleted by nobody, in whatever folder", async (test) => {
    const { ws, judge } = await fileScene(test);
    await mkdir(join(ws, ".git"));
    await writeTree(ws, {
      ".git/config": "",
      ".outcropignore": "private/**\n",
      "private/x": "x",
      "in/private/x": "x",
      "repo/.git/HEAD": "",
      "keys/id_rsa": "-----BEGIN OPENSSH PRIVATE KEY-----\n",
      "a.ts": "a",
    });
    for (const [input, code] of [
      [{ from: "a.ts", to: ".git/hooks/pre-commit" }, "E_PROTECTED"],
      [{ from: "repo", to: "other" }, "E_PROTECTED"],
      [{ from: "keys/id_rsa", to: "notes.txt" }, "E_SECRET"],
      [{ from: "keys", to: "notes" }, "E_SECRET"],
      [{ from: "private", to: "public" }, "E_IGNORED"],
      [{ from: "private/x", to: "public" }, "E_IGNORED"],
      [{ from: "a.ts", to: "private/a.ts" }, "E_IGNORED"],
    ] as const) {
      assert.equal((await judge("move_file", input)).verdict, `deny ${code}`, JSON.stringify(input));
    }
    for (const [path, code] of [
      [".git", "E_PROTECTED"],
      ["repo", "E_PROTECTED"],
      ["keys", "E_SECRET"],
      ["private", "E_IGNORED"],
    ]) {
      assert.equal((await judge("delete_file", { path })).verdict, `deny ${code}`, path);
    }
  });

  it("D15 secret values asked about each time, places outside in a modal", async (test) => {
    const { ws, out, judge } = await fileScene(test);
    await writeTree(ws, { ".env": "A=b\n", "a.ts": "a" });
    await writeTree(out, { "b.ts": "b" });
    const secret = await judge("move_file", { from: ".env", to: "env.txt" });
    assert.deepEqual([secret.verdict, secret.everyTime, secret.labels], ["ask 1", true, ["secret file"]]);
    for (const [tool, input] of [
      ["move_file", { from: "a.ts", to: join(out, "a.ts") }],
      ["move_file", { from: join(out, "b.ts"), to: "b.ts" }],
      ["delete_file", { path: join(out, "b.ts") }],
    ] as const) {
      const { verdict, labels } = await judge(tool, input);
      assert.deepEqual([verdict, labels], ["ask 2", ["outside workspace"]]);
    }
  });

  it("D15 an ordinary file is asked about without an offer, and moved and kept as shown; a rule lets it pass", async (test) => {
    const { ws, play, rules } = await fileScene(test);
    await writeTree(ws, { "a.ts": "a" });
    const moved = await play("move_file", { from: "a.ts", to: "src/b.ts" });
    assert.deepEqual(
      moved.requests.map(({ title, tier, offers }) => [title, tier, offers]),
      [["Move a.ts?", 1, []]],
    );
    assert.equal(await readFile(join(ws, "src/b.ts"), "utf8"), "a");
    assert.deepEqual(rules(), []);
    const kept = await play("delete_file", { path: "src" });
    assert.deepEqual(
      kept.requests.map(({ title }) => title),
      ["Delete src?"],
    );
    assert.deepEqual(await readdir(ws), []);
    const ruled = await fileScene(test, { rules: ['allow delete_file(glob "tmp/**")'] });
    await writeTree(ruled.ws, { "tmp/a": "a", b: "b" });
    assert.deepEqual((await ruled.play("delete_file", { path: "tmp/a" })).requests, []);
    assert.equal((await ruled.play("delete_file", { path: "b" })).requests.length, 1);
  });

  it("D15 a link that comes into a folder after it was shown ends the call", async (test) => {
    const { ws, out, play } = await fileScene(test);
    await writeTree(ws, { "src/a.ts": "a" });
    const { text, isError } = await play("move_file", { from: "src", to: "lib" }, async () => {
      await symlink(out, join(ws, "src/link"));
      return { kind: "allow" };
    });
    assert.match(text, /^E_STALE What was shown has changed since\./);
    assert.deepEqual([isError, await readdir(ws)], [true, ["src"]]);
  });
});
