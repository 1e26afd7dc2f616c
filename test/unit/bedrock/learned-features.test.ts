import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LearnedInMemory, ModelLessons } from "../../../src/bedrock/learned-features.ts";

const day = 24 * 60 * 60 * 1_000;
const nothing = { unsupported: [], contextTokens: undefined, outputTokens: undefined };

describe("ModelLessons", () => {
  it("keeps a lesson per model for seven days, also for those who open the same store later", () => {
    let now = 1_000;
    const store = new LearnedInMemory();
    const lessons = new ModelLessons(store, () => now);
    assert.equal(lessons.learn("m-1", { feature: "cachePoints", contextTokens: 9, outputTokens: 8 }), true);
    const learned = { unsupported: ["cachePoints"], contextTokens: 9, outputTokens: 8 };
    now += 7 * day - 1;
    assert.deepEqual(new ModelLessons(store, () => now).of("m-1"), learned);
    assert.deepEqual(lessons.of("m-2"), nothing);
    now += 1;
    assert.deepEqual(lessons.of("m-1"), nothing);
  });

  it("says what is news, so that nothing is tried twice", () => {
    const lessons = new ModelLessons();
    assert.deepEqual(
      [
        lessons.learn("m", { feature: "signature" }),
        lessons.learn("m", { feature: "signature" }),
        lessons.learn("m", { feature: "system" }),
        lessons.learn("m", { feature: "maxTokens", outputTokens: 512 }),
        lessons.learn("m", { feature: "maxTokens", outputTokens: 512 }),
        lessons.learn("m", { contextTokens: 5 }),
        lessons.learn("m", {}),
      ],
      [true, false, true, true, false, false, false],
    );
  });

  it("begins anew where the store holds something else", () => {
    for (const value of [undefined, null, "x", 3, { unsupported: { flying: 1 } }, { contextTokens: -1 }]) {
      assert.deepEqual(new ModelLessons({ get: () => value, set: () => undefined }).of("m"), nothing);
    }
  });

  it("writes nothing where a failure teaches nothing", () => {
    const written: unknown[] = [];
    const lessons = new ModelLessons({ get: () => undefined, set: (...entry) => void written.push(entry) });
    lessons.learn("m", {});
    assert.deepEqual(written, []);
  });
});
