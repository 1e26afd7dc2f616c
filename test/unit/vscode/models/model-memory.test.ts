import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ModelMemory } from "../../../../src/vscode/models/model-memory.ts";
import type { PickableModel } from "../../../../src/vscode/models/model-source.ts";

function openMemory(values: Readonly<Record<string, unknown>> = {}): ModelMemory {
  const kept = new Map<string, unknown>(Object.entries(values));
  return new ModelMemory({
    get: (key) => kept.get(key),
    // As VS Code keeps it: as JSON.
    update: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
  });
}

const nova: PickableModel = {
  id: "amazon.nova",
  name: "Nova",
  group: "on-demand",
  baseModelId: undefined,
  features: ["tools"],
  destinations: "us-east-1",
};

describe("what is remembered of the picker", () => {
  it("favourites, put in and taken out by the same button", async () => {
    const memory = openMemory();
    await memory.toggleFavourite("a");
    await memory.toggleFavourite("b");
    assert.deepEqual(memory.favourites, ["a", "b"]);
    await memory.toggleFavourite("a");
    assert.deepEqual(memory.favourites, ["b"]);
  });

  it("the five that were used last, each once", async () => {
    const memory = openMemory();
    for (const id of ["a", "b", "c", "d", "e", "f", "b"]) await memory.used(id);
    assert.deepEqual(memory.recents, ["b", "f", "e", "d", "c"]);
  });

  it("the list of one place, and not for another", async () => {
    const memory = openMemory();
    await memory.keepList("work eu-central-1", [nova]);
    const { baseModelId: _unknown, ...kept } = nova;
    assert.deepEqual(memory.listOf("work eu-central-1"), [kept]);
    assert.deepEqual(memory.listOf("work us-east-1"), []);
  });

  it("nothing of what is not of its form", () => {
    const memory = openMemory({
      "outcrop.favouriteModels": "a",
      "outcrop.recentModels": [1],
      "outcrop.modelList": { place: "x", models: [{ id: "" }] },
    });
    assert.deepEqual([memory.favourites, memory.recents, memory.listOf("x")], [[], [], []]);
  });
});
