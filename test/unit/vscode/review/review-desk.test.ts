import assert from "node:assert/strict";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { deskScene } from "./desk-scene.ts";

const writes =
  (text: string, name = "a.txt") =>
  (at: (name: string) => string) =>
    writeFile(at(name), text);
const both = "Restore Files and Conversation";

describe("a restore", () => {
  it("says what it does to files and prompts, and does it", async (test) => {
    const scene = await deskScene(test, { turns: [writes("two\n"), writes("new\n", "b.txt")] });
    const { at, session, desk, asked, presses, prefilled, send, turn, reviews } = scene;
    await send("first");
    await send("second");
    presses.push(both);
    await desk.restore(turn(0));
    assert.deepEqual(asked, [
      {
        title: "Restore the checkpoint before this prompt?",
        detail: [
          "This prompt and 1 later one will be removed from the conversation; the text returns to the input box.",
          "Will be restored:\n  a.txt",
          "Will be deleted, because they did not exist then:\n  b.txt",
          "Redo brings everything back until you send the next prompt.",
        ].join("\n\n"),
        buttons: [both, "Restore Files Only", "Restore Conversation Only"],
      },
    ]);
    assert.equal(await readFile(at("a.txt"), "utf8"), "one\n");
    await assert.rejects(readFile(at("b.txt")), { code: "ENOENT" });
    assert.deepEqual([session.chat.past, prefilled], [[], ["first"]]);
    assert.deepEqual(reviews.at(-1), { files: [], canRedo: true });
    await desk.redo();
    assert.equal(await readFile(at("b.txt"), "utf8"), "new\n");
    assert.equal(session.chat.past.length, 2);
  });

  it("does nothing when the question is closed, and only what its button says", async (test) => {
    const scene = await deskScene(test, { turns: [writes("two\n"), writes("three\n")] });
    const { at, session, desk, presses, prefilled, send, turn } = scene;
    await send("first");
    await send("second");
    presses.push(undefined, "Restore Files Only", "Restore Conversation Only");
    await desk.restore(turn(1));
    assert.equal(await readFile(at("a.txt"), "utf8"), "three\n");
    await desk.restore(turn(1));
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
    assert.deepEqual([session.chat.past.length, prefilled], [2, []]);
    await desk.restore(turn(0));
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
    assert.deepEqual([session.chat.past.length, prefilled], [0, ["first"]]);
  });

  it("offers the conversation alone where no file has to be changed", async (test) => {
    const { desk, asked, send, turn } = await deskScene(test, { turns: [undefined] });
    await send("first");
    await desk.restore(turn(0));
    assert.deepEqual(asked[0]?.buttons, ["Restore Conversation Only"]);
    assert.match(asked[0]?.detail ?? "", /No file has to be changed\./);
    await desk.restore("nobody");
    assert.equal(asked.length, 1);
  });

  it("names what somebody else changed, and asks again where that has become more meanwhile", async (test) => {
    const { at, desk, asked, presses, send, turn } = await deskScene(test, { turns: [writes("two\n")] });
    await send("first");
    presses.push(async () => {
      await writeFile(at("a.txt"), "mine\n");
      return both;
    }, undefined);
    await desk.restore(turn(0));
    assert.deepEqual(
      asked.map(({ detail }) => detail.includes("⚠ Changed since by you or another program")),
      [false, true],
    );
    assert.equal(await readFile(at("a.txt"), "utf8"), "mine\n");
  });

  it("leaves a folder or a link that is in a file's place, and what a folder leads to that became a link", async (test) => {
    const makes = async (at: (name: string) => string): Promise<void> => {
      await mkdir(at("d"));
      await writeFile(at("d/in.txt"), "in\n");
      await writeFile(at("a.txt"), "two\n");
    };
    const { at, desk, asked, presses, send, turn } = await deskScene(test, { turns: [makes] });
    await send("first");
    await rm(at("a.txt"));
    await mkdir(at("a.txt"));
    await mkdir(at("elsewhere"));
    await writeFile(at("elsewhere/in.txt"), "precious\n");
    await rm(at("d"), { recursive: true });
    await symlink(at("elsewhere"), at("d"));
    presses.push(both);
    await desk.restore(turn(0));
    assert.match(
      asked[0]?.detail ?? "",
      /because a folder or a link is in their place now:\n {2}a\.txt\n {2}d\/in\.txt/,
    );
    assert.equal(await readFile(at("elsewhere/in.txt"), "utf8"), "precious\n");
  });
});

describe("a restore while a turn runs", () => {
  for (const effect of ["write", "execute"] as const) {
    it(`ends it, waits for the call that it left, and takes back what that did: ${effect}`, async (test) => {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const { promise: begun, resolve: hasBegun } = Promise.withResolvers<void>();
      const slow = async (at: (name: string) => string): Promise<void> => {
        hasBegun();
        await ended;
        await writeFile(at("a.txt"), "late\n");
      };
      const { at, session, desk, asked, presses, send, turn } = await deskScene(test, { turns: [slow], effect });
      const sent = send("first");
      await begun;
      presses.push(both, both);
      session.subscribe(({ type }) => type === "turn-end" && setImmediate(end));
      await desk.restore(turn(0));
      assert.match(asked[0]?.detail ?? "", /The running turn ends\./);
      // What the call was still doing was not in the first question.
      assert.deepEqual(
        asked.map(({ buttons }) => buttons.length),
        [3, 3],
      );
      assert.deepEqual([await readFile(at("a.txt"), "utf8"), session.chat.past], ["one\n", []]);
      await sent;
    });
  }

  it("restores nothing where the call does not end", async (test) => {
    const { promise: begun, resolve: hasBegun } = Promise.withResolvers<void>();
    const stuck = (): Promise<void> => {
      hasBegun();
      return new Promise(() => undefined);
    };
    const { session, desk, presses, send, turn } = await deskScene(test, { turns: [stuck], idleMs: 1 });
    const sent = send("first");
    await begun;
    presses.push("Restore Conversation Only");
    await assert.rejects(desk.restore(turn(0)), /has not ended yet\. Nothing was restored/);
    assert.equal(session.chat.past.length, 1);
    await sent;
  });
});
