import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PromptCache } from "../../../src/emulator/cache/prompt-cache.ts";
import type { ConverseRequest } from "../../../src/emulator/validation/request-shape.ts";

const minute = 60_000;
const claude = { minimumTokens: 100, longLifetimes: true, looksBack: 20 };
const nova = { ...claude, looksBack: 0 };
const point = { cachePoint: { type: "default" as const } };
const long = { cachePoint: { type: "default" as const, ttl: "1h" as const } };
/** Its block is 103 tokens: `{"text":"…"}` of 412 bytes. */
const text = (letter: string) => ({ text: letter.repeat(401) });
const asking = (...content: NonNullable<ConverseRequest["messages"]>[number]["content"]): ConverseRequest => ({
  messages: [{ role: "user", content }],
});

describe("PromptCache", () => {
  it("writes what stands before a point, and reads it byte for byte", () => {
    const cache = new PromptCache(() => 0);
    const [read, written] = ["cacheReadInputTokens", "cacheWriteInputTokens"];
    const details = (ttl: string, inputTokens: number) => ({ cacheDetails: [{ ttl, inputTokens }] });
    assert.deepEqual(cache.bill("m", asking(text("a"), point), claude), {
      [read]: 0,
      [written]: 103,
      ...details("5m", 103),
    });
    assert.deepEqual(cache.bill("m", asking(text("a"), point), claude), { [read]: 103, [written]: 0 });
    assert.equal(cache.bill("m", asking(text("a"), text("b"), point), claude)?.cacheReadInputTokens, 103);
    assert.equal(cache.bill("m", asking(text("b"), point), claude)?.cacheReadInputTokens, 0);
    assert.equal(cache.bill("another", asking(text("a"), point), claude)?.cacheReadInputTokens, 0);
    assert.equal(cache.bill("m", asking(text("a")), claude), undefined);
  });

  it("ignores a point behind fewer tokens than the model's minimum", () => {
    const cache = new PromptCache(() => 0);
    const nothing = { cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(cache.bill("m", asking(text("a"), point), { ...claude, minimumTokens: 104 }), nothing);
    }
  });

  it("forgets after the lifetime, which begins anew with each read", () => {
    for (const [mark, lifetime] of [
      [point, 5 * minute],
      [long, 60 * minute],
    ] as const) {
      let now = 0;
      const cache = new PromptCache(() => now);
      const read = () => cache.bill("m", asking(text("a"), mark), claude)?.cacheReadInputTokens;
      assert.equal(read(), 0);
      now += lifetime - 1;
      assert.equal(read(), 103);
      now += lifetime - 1;
      assert.equal(read(), 103);
      now += lifetime;
      assert.equal(read(), 0);
    }
  });

  it("looks back over 20 blocks for Claude, and not at all for others", () => {
    const more = (count: number) => Array.from({ length: count }, (_, index) => ({ text: `${index}` }));
    const read = (family: typeof claude, count: number) => {
      const cache = new PromptCache(() => 0);
      cache.bill("m", asking(text("a"), point), family);
      return cache.bill("m", asking(text("a"), ...more(count), point), family)?.cacheReadInputTokens;
    };
    assert.deepEqual([read(claude, 20), read(claude, 21), read(nova, 1)], [103, 0, 0]);
  });

  it("reads tools and system again when only the messages are asked for in another way", () => {
    const cache = new PromptCache(() => 0);
    const request = (thinking: object): ConverseRequest => ({
      ...asking(text("a"), point),
      system: [text("s"), point],
      additionalModelRequestFields: thinking,
    });
    cache.bill("m", request({}), claude);
    assert.equal(cache.bill("m", request({ thinking: { type: "adaptive" } }), claude)?.cacheReadInputTokens, 103);
  });

  it("tells apart what it writes for an hour and for five minutes", () => {
    const cache = new PromptCache(() => 0);
    assert.deepEqual(
      cache.bill("m", { ...asking(text("a"), point), system: [text("s"), long] }, claude)?.cacheDetails,
      [
        { ttl: "1h", inputTokens: 103 },
        { ttl: "5m", inputTokens: 103 },
      ],
    );
  });
});
