import assert from "node:assert/strict";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { deskScene } from "./desk-scene.ts";

const writes =
  (text: string, name = "a.txt") =>
  (at: (name: string) => string) =>
    writeFile(at(name), text);
const redoHint = "Redo brings everything back until you send the next prompt.";

describe("a restore", () => {
  it("UX89 tells the panel what it does to files, does it without a dialog, and takes it back", async (test) => {
    const scene = await deskScene(test, { turns: [writes("two\n"), writes("new\n", "b.txt")] });
    const { at, session, desk, asked, prefilled, send, turn, reviews } = scene;
    await send("first");
    await send("second");
    await desk.planRestore(turn(0));
    assert.deepEqual(reviews.at(-1)?.restore, {
      turnId: turn(0),
      detail: ["Will be restored:\n  a.txt", "Will be deleted, because they did not exist then:\n  b.txt"].join("\n\n"),
      hasFiles: true,
    });
    await desk.restore(turn(0), "both");
    assert.equal(await readFile(at("a.txt"), "utf8"), "one\n");
    await assert.rejects(readFile(at("b.txt")), { code: "ENOENT" });
    assert.deepEqual([session.chat.past, prefilled, asked], [[], ["first"], []]);
    assert.deepEqual(reviews.at(-1), { files: [], canRedo: true });
    await desk.redo();
    assert.equal(await readFile(at("b.txt"), "utf8"), "new\n");
    assert.equal(session.chat.past.length, 2);
  });

  it("restores files or conversation alone", async (test) => {
    const scene = await deskScene(test, { turns: [writes("two\n"), writes("three\n")] });
    const { at, session, desk, prefilled, send, turn } = scene;
    await send("first");
    await send("second");
    await desk.planRestore(turn(1));
    await desk.restore(turn(1), "files");
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
    assert.deepEqual([session.chat.past.length, prefilled], [2, []]);
    await desk.restore(turn(0), "conversation");
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
    assert.deepEqual([session.chat.past.length, prefilled], [0, ["first"]]);
  });

  it("gives a prompt back with what was attached to it, until an earlier one or Redo takes its place", async (test) => {
    const { desk, attached, prefilled, send, turn } = await deskScene(test, { turns: [undefined, undefined] });
    const chip = (id: string) => ({ id, kind: "pasted", label: id, text: id, language: "" }) as const;
    await send("first", [chip("1")]);
    await send("second", [chip("2")]);
    await desk.restore(turn(1), "conversation");
    assert.deepEqual([prefilled, [...attached]], [["second"], ["2"]]);
    await desk.restore(turn(0), "conversation");
    assert.deepEqual([prefilled, [...attached]], [["second", "first"], ["1"]]);
    await desk.redo();
    assert.deepEqual([...attached], []);
  });

  it("tells the panel where no file has to be changed, and nothing of a turn that is not there", async (test) => {
    const { desk, asked, reviews, send, turn } = await deskScene(test, { turns: [undefined] });
    await send("first");
    await desk.planRestore(turn(0));
    assert.deepEqual(reviews.at(-1)?.restore, { turnId: turn(0), detail: "", hasFiles: false });
    const told = reviews.length;
    await desk.planRestore("nobody");
    await desk.restore("nobody", "both");
    assert.deepEqual([reviews.length, asked], [told, []]);
  });

  it("UX90 asks in a dialog before the work of somebody else is lost, which it lists", async (test) => {
    const { at, session, desk, asked, presses, reviews, send, turn } = await deskScene(test, {
      turns: [writes("two\n")],
    });
    await send("first");
    await writeFile(at("a.txt"), "theirs\n");
    await desk.planRestore(turn(0));
    const listed = "⚠ Changed since by you or another program; those changes will be lost:\n  a.txt";
    assert.equal(reviews.at(-1)?.restore?.detail, listed);
    presses.push(undefined, "Restore");
    await desk.restore(turn(0), "both");
    assert.deepEqual([await readFile(at("a.txt"), "utf8"), session.chat.past.length], ["theirs\n", 1]);
    const question = { title: "Restore the files of this checkpoint?", detail: `${listed}\n\n${redoHint}` };
    assert.deepEqual(asked, [{ ...question, buttons: ["Restore"] }]);
    await desk.restore(turn(0), "both");
    assert.deepEqual([await readFile(at("a.txt"), "utf8"), session.chat.past.length, asked.length], ["one\n", 0, 2]);
  });

  it("asks in a dialog where the panel was not told, and again where more would be changed meanwhile", async (test) => {
    const { at, desk, asked, presses, send, turn } = await deskScene(test, { turns: [writes("two\n")] });
    await send("first");
    presses.push(async () => {
      await writeFile(at("a.txt"), "mine\n");
      return "Restore";
    }, undefined);
    await desk.restore(turn(0), "both");
    assert.deepEqual(
      asked.map(({ detail }) => detail.includes("⚠ Changed since by you or another program")),
      [false, true],
    );
    assert.equal(await readFile(at("a.txt"), "utf8"), "mine\n");
    await desk.planRestore(turn(0));
    presses.push(async () => {
      await writeFile(at("a.txt"), "and more\n");
      return "Restore";
    });
    await desk.restore(turn(0), "files");
    assert.deepEqual([asked.length, await readFile(at("a.txt"), "utf8")], [3, "one\n"]);
  });

  it("leaves a folder or a link that is in a file's place, and what a folder leads to that became a link", async (test) => {
    const makes = async (at: (name: string) => string): Promise<void> => {
      await mkdir(at("d"));
      await writeFile(at("d/in.txt"), "in\n");
      await writeFile(at("a.txt"), "two\n");
    };
    const { at, desk, reviews, send, turn } = await deskScene(test, { turns: [makes] });
    await send("first");
    await rm(at("a.txt"));
    await mkdir(at("a.txt"));
    await mkdir(at("elsewhere"));
    await writeFile(at("elsewhere/in.txt"), "precious\n");
    await rm(at("d"), { recursive: true });
    await symlink(at("elsewhere"), at("d"));
    await desk.planRestore(turn(0));
    assert.match(
      reviews.at(-1)?.restore?.detail ?? "",
      /because a folder or a link is in their place now:\n {2}a\.txt\n {2}d\/in\.txt/,
    );
    await desk.restore(turn(0), "both");
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
      const scene = await deskScene(test, { turns: [slow], effect });
      const { at, session, desk, asked, presses, reviews, send, turn } = scene;
      const sent = send("first");
      await begun;
      await desk.planRestore(turn(0));
      // What runs may still change some.
      assert.deepEqual(reviews.at(-1)?.restore, { turnId: turn(0), detail: "", hasFiles: true });
      presses.push("Restore");
      session.subscribe(({ type }) => type === "turn-end" && setImmediate(end));
      await desk.restore(turn(0), "both");
      // What the call was still doing was not in what the panel had shown.
      assert.deepEqual(
        asked.map(({ detail }) => detail),
        [`Will be restored:\n  a.txt\n\n${redoHint}`],
      );
      assert.deepEqual([await readFile(at("a.txt"), "utf8"), session.chat.past], ["one\n", []]);
      await sent;
    });
  }

  for (const scope of ["both", "conversation"] as const) {
    it(`restores nothing where the call does not end: ${scope}`, async (test) => {
      const { promise: begun, resolve: hasBegun } = Promise.withResolvers<void>();
      const stuck = (): Promise<void> => {
        hasBegun();
        return new Promise(() => undefined);
      };
      const { session, desk, send, turn } = await deskScene(test, { turns: [stuck], idleMs: 1 });
      const sent = send("first");
      await begun;
      await assert.rejects(desk.restore(turn(0), scope), /has not ended yet\. Nothing was restored/);
      assert.equal(session.chat.past.length, 1);
      await sent;
    });
  }
});
