import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contextUse, cost, tokenEstimates, usage } from "../../../src/chat/journal-parts.ts";

const counted = { inputTokens: 5, outputTokens: 6, cacheReadInputTokens: 0, cacheWriteInputTokens: 7 };
const filled = { system: 1, tools: 2, history: 3, attachments: 0, window: 200_000 };
const wrong = [-1, 1e300];

describe("what a journal or an imported chat says was counted", () => {
  it("has no cost below nothing: that would lift the chat's cap", () => {
    assert.equal(cost.safeParse({ dollars: -5, unknown: 0, prices: "" }).success, false);
    assert.equal(cost.safeParse({ dollars: 0.01, unknown: 0, prices: "" }).success, true);
  });

  it("is unknown where tokens are fewer than none, or more than any call takes", () => {
    assert.deepEqual(usage.parse(counted), counted);
    assert.equal(usage.parse(null), null);
    for (const key of [...Object.keys(counted), "hourCacheWriteInputTokens"]) {
      for (const count of wrong) assert.equal(usage.parse({ ...counted, [key]: count }), null, key);
    }
    for (const inputTokens of [Number.NaN, Number.POSITIVE_INFINITY, "5", undefined]) {
      assert.equal(usage.safeParse({ ...counted, inputTokens }).success, false);
    }
  });

  it("fills a window by parts of at least nothing, and is refused where there is no window", () => {
    assert.deepEqual(contextUse.parse(filled), filled);
    for (const count of wrong) {
      assert.deepEqual(contextUse.parse({ ...filled, history: count }), { ...filled, history: 0 });
      assert.equal(tokenEstimates.safeParse({ before: 1, after: count }).success, false);
    }
    for (const window of [0, ...wrong]) assert.equal(contextUse.safeParse({ ...filled, window }).success, false);
  });
});
