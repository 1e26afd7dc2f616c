import assert from "node:assert/strict";
import { it } from "node:test";
import { PlaceMemory } from "../../../../src/vscode/sessions/kept-place.ts";

it("UX7 where the user reads is known in the next window, of the chat that was shown last alone", async () => {
  const kept = new Map<string, unknown>();
  const store = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const places = new PlaceMemory(store);
  assert.equal(places.read("a"), undefined);
  await places.write({ session: "a", place: { turn: 2, offset: -40 } });
  assert.deepEqual(new PlaceMemory(store).read("a"), { turn: 2, offset: -40 });
  assert.equal(places.read("b"), undefined);
  await places.write({ session: "a", place: null });
  assert.equal(places.read("a"), null);
  kept.set("outcrop.place", { session: "a", place: "top" });
  assert.equal(places.read("a"), undefined);
});
