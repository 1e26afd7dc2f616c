import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { deskScene } from "./desk-scene.ts";

async function twoChanged(test: Parameters<typeof deskScene>[0]) {
  const scene = await deskScene(test, {
    turns: [
      async (at) => {
        await writeFile(at("a.txt"), "two\n");
        await writeFile(at("b.txt"), "new\n");
      },
    ],
  });
  await scene.send("first");
  return scene;
}

describe("what the user does with the list of changed files", () => {
  it("UX86 asks before all is undone, naming each file, and does nothing when that is closed", async (test) => {
    const { at, desk, asked, presses, review } = await twoChanged(test);
    presses.push(undefined, "Undo All");
    await desk.act("undo");
    assert.deepEqual(asked, [
      {
        title: "Undo all changes of this chat that you have not kept?",
        detail: "Will be restored:\n  a.txt\n\nWill be deleted, because they did not exist then:\n  b.txt",
        buttons: ["Undo All"],
      },
    ]);
    assert.equal((await review.paths()).length, 2);
    await desk.act("undo");
    assert.equal(await readFile(at("a.txt"), "utf8"), "one\n");
    await assert.rejects(readFile(at("b.txt")), { code: "ENOENT" });
    assert.deepEqual(await review.paths(), []);
  });

  it("UX86 undoes one file without a question, unless somebody's work would be lost", async (test) => {
    const { at, desk, asked, presses, review } = await twoChanged(test);
    await desk.act("undo", at("b.txt"));
    assert.deepEqual([asked, await review.paths()], [[], [at("a.txt")]]);
    await writeFile(at("a.txt"), "mine\n");
    presses.push(undefined, "Undo");
    await desk.act("undo", at("a.txt"));
    assert.equal(asked[0]?.title, "Undo the changes of this file?");
    assert.match(asked[0]?.detail ?? "", /those changes will be lost:\n {2}a\.txt/);
    assert.equal(await readFile(at("a.txt"), "utf8"), "mine\n");
    await desk.act("undo", at("a.txt"));
    assert.equal(await readFile(at("a.txt"), "utf8"), "one\n");
  });

  it("asks again where more would be lost than was said", async (test) => {
    const { at, desk, asked, presses } = await twoChanged(test);
    presses.push(async () => {
      await writeFile(at("a.txt"), "mine\n");
      return "Undo All";
    }, undefined);
    await desk.act("undo");
    assert.equal(asked.length, 2);
    assert.equal(await readFile(at("a.txt"), "utf8"), "mine\n");
  });

  it("keeps one or all, opens one alone and several in one diff, and knows no other path", async (test) => {
    const { at, desk, opened, review } = await twoChanged(test);
    await desk.act("open");
    await desk.act("open", at("b.txt"));
    await desk.act("keep", at("elsewhere.txt"));
    assert.deepEqual(opened, [`${at("a.txt")} ${at("b.txt")}`, at("b.txt")]);
    assert.equal((await review.paths()).length, 2);
    await desk.act("keep", at("a.txt"));
    assert.deepEqual(await review.paths(), [at("b.txt")]);
    await desk.act("keep");
    assert.deepEqual(await review.paths(), []);
    assert.equal(await readFile(at("b.txt"), "utf8"), "new\n");
  });
});
