import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { file, gathered, openPromptContext } from "../../../support/prompt-context.ts";

describe("what a prompt takes along", () => {
  it("UX20 a prompt waits for what it takes along, and for nothing else", async () => {
    const { context, reader } = openPromptContext();
    context.attach("1", file("a"));
    context.attach("2", file("b"));
    reader(file("a")).resolve([gathered("a")]);
    assert.deepEqual(
      (await context.claim("go", ["1"]).read()).map(({ id }) => id),
      ["1"],
    );
  });

  it("UX24 takes the active editor along where it is enabled, and once where it is attached as well", async () => {
    const selection = {
      id: "s",
      kind: "selection",
      label: "a:1",
      path: "a",
      startLine: 1,
      text: "x",
      language: "",
    } as const;
    const { context } = openPromptContext({ active: [selection] });
    assert.deepEqual(
      (await context.claim("go", []).read()).map(({ id }) => id),
      ["s"],
    );
    context.add({ ...selection, id: "own" });
    assert.deepEqual(
      (await context.claim("go", ["own"]).read()).map(({ id }) => id),
      ["own"],
    );
  });

  it("what a prompt has taken stays with it: cleared or not, and no other prompt takes it", async () => {
    const { context, reader, saved } = openPromptContext();
    context.attach("1", file("a"));
    const claim = context.claim("one", ["1"]);
    context.clear();
    context.attach("2", file("./a"));
    const other = context.claim("two", ["1", "2"]);
    for (const path of ["a", "./a"]) reader(file(path)).resolve([gathered("a")]);
    assert.deepEqual(
      (await claim.read()).map(({ id }) => id),
      ["1"],
    );
    claim.sent();
    assert.deepEqual(
      context.shown.map(({ id }) => id),
      ["2"],
    );
    other.giveBack();
    context.clear();
    assert.deepEqual([context.shown, saved()], [[], []]);
  });

  it("what is not sent is attached again, where the user is, before what is attached there", async () => {
    const one = openPromptContext();
    const other = openPromptContext();
    one.context.attach("1", file("a"));
    const claim = one.context.claim("go", ["1"]);
    one.reader(file("a")).resolve([gathered("a")]);
    await claim.read();
    other.context.add({ id: "own", kind: "file", label: "b", path: "b", text: "b", language: "" });
    claim.giveBack(other.context);
    assert.deepEqual(one.context.shown, []);
    assert.deepEqual(
      other.context.shown.map(({ label }) => label),
      ["a", "b"],
    );
    assert.equal((await other.context.claim("go", ["1"]).read())[0]?.text, "a");
  });

  it("UX33 takes along what a slash command stands for", async () => {
    const { context } = openPromptContext();
    const [first] = await context.claim("/init now", []).read();
    assert.equal(first?.label, "/init");
  });
});
