import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isCheap } from "../../../../src/policy/budgets/is-cheap.ts";
import { priceOf } from "../../../../src/policy/budgets/price-of.ts";

describe("isCheap", () => {
  it("is the small models, in a region too, and never a model of unknown price", () => {
    for (const [modelId, cheap] of [
      ["global.anthropic.claude-haiku-4-5-20251001-v1:0", true],
      ["us.anthropic.claude-haiku-4-5-20251001-v1:0", true],
      ["amazon.nova-lite-v1:0", true],
      ["global.anthropic.claude-sonnet-4-5-20250929-v1:0", false],
      ["somebody.new-model-v1:0", false],
    ] as const) {
      assert.equal(isCheap(priceOf(modelId)), cheap, modelId);
    }
  });
});
