import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DraftMemory } from "../../../../src/vscode/sessions/kept-draft.ts";
import { removeOldDrafts } from "../../../../src/vscode/sessions/remove-old-drafts.ts";

const mask = (text: string): string => text.replaceAll("hunter2", "[mask]");

function memory() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.parse(JSON.stringify(value)));
    },
  };
}

describe("what is written in the composer outlives the window", () => {
  it("UX7 each chat has its draft, masked, until it is empty", async () => {
    const store = memory();
    const before = new DraftMemory(store, mask);
    await before.write({ session: "s1", text: "my hunter2" });
    await before.write({ session: "s3", text: "for another" });
    await before.write({ session: "s2", text: "" });
    const later = new DraftMemory(store, mask);
    assert.deepEqual(later.read("s1"), { session: "s1", text: "my [mask]" });
    assert.deepEqual(later.read("s3"), { session: "s3", text: "for another" });
    assert.equal(later.read("s2"), undefined);
    await later.write({ session: "s1", text: "" });
    assert.equal(later.read("s1"), undefined);
    await later.write({ session: "s3", text: "" });
    assert.equal(store.kept.size, 0);
  });

  it("UX7 a prompt on its way comes back where the window ends before it is there, whatever the page tells meanwhile", async () => {
    const store = memory();
    const before = new DraftMemory(store, mask);
    const prompt = { session: "s", text: "my hunter2" };
    await before.write(prompt);
    await before.leave(prompt);
    await before.write({ session: "s", text: "the next" });
    assert.deepEqual([before.read("s")?.text, before.takeLeft("s")], ["the next", []], "in this window it is sent");
    const later = new DraftMemory(store, mask);
    assert.deepEqual([later.takeLeft("other"), later.takeLeft("s"), later.takeLeft("s")], [[], ["my [mask]"], []]);
    assert.deepEqual(new DraftMemory(store, mask).takeLeft("s"), ["my [mask]"], "the page has not told it");
    await later.write({ session: "s", text: "the next\n\nmy [mask]" });
    assert.deepEqual(new DraftMemory(store, mask).takeLeft("s"), []);
  });

  it("UX7 a prompt that was sent is forgotten, one that was given back is kept until the page has told it", async () => {
    const store = memory();
    const drafts = new DraftMemory(store, mask);
    const prompt = { session: "s", text: "go" };
    await drafts.leave(prompt);
    await drafts.arrive(prompt);
    assert.equal(store.kept.size, 0);
    await drafts.leave(prompt);
    await drafts.giveBack({ session: "shown", text: "go" });
    await drafts.arrive(prompt);
    assert.equal(drafts.read("shown"), undefined, "the panel gets it by itself");
    const later = new DraftMemory(store, mask);
    assert.deepEqual([later.takeLeft("s"), later.takeLeft("shown")], [[], ["go"]]);
    await later.forget("shown");
    assert.equal(store.kept.size, 0, "the chat is gone");
    await drafts.giveBack({ session: "shown", text: "go" });
    await drafts.clear();
    await drafts.write({ session: "other", text: "x" });
    assert.deepEqual(new DraftMemory(store, mask).takeLeft("shown"), []);
  });

  it("forgets the drafts that were written first, beyond twenty and beyond half a million characters", async () => {
    const drafts = new DraftMemory(memory(), mask);
    for (let chat = 0; chat < 21; chat++) await drafts.write({ session: `s${chat}`, text: "x" });
    assert.deepEqual([drafts.read("s0"), drafts.read("s1")?.text], [undefined, "x"]);
    await drafts.write({ session: "long", text: "y".repeat(499_999) });
    assert.deepEqual([drafts.read("s19"), drafts.read("s20")?.text], [undefined, "x"]);
    await drafts.write({ session: "longer", text: "z".repeat(600_000) });
    assert.deepEqual([drafts.read("long"), drafts.read("longer")?.text.length], [undefined, 600_000]);
    await drafts.clear();
    assert.equal(drafts.read("longer"), undefined);
  });

  it("UX7 nothing is kept for a chat that was deleted, whenever the page tells of it", async () => {
    const store = memory();
    const drafts = new DraftMemory(store, mask);
    await drafts.write({ session: "s", text: "half a prompt" });
    await drafts.forget("s");
    await drafts.write({ session: "s", text: "half a prompt, told late" });
    assert.equal(store.kept.size, 0);
  });

  it("removes what earlier versions kept of the composer, and nothing else", async () => {
    const store = memory();
    for (const key of ["outcrop.draft", "outcrop.attached", "outcrop.attachments"]) store.kept.set(key, ["a prompt"]);
    const drafts = new DraftMemory(store, mask);
    await drafts.write({ session: "s", text: "x" });
    await removeOldDrafts(store);
    assert.deepEqual([...store.kept.keys()], ["outcrop.drafts"]);
    assert.equal(drafts.read("s")?.text, "x");
  });

  it("begins empty where the memory holds something else", () => {
    const store = memory();
    store.kept.set("outcrop.drafts", "text");
    assert.equal(new DraftMemory(store, mask).read("s"), undefined);
  });
});
