import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  costOf,
  priceOf,
  pricesDate,
  ratesFor,
  savedOf,
  worstCaseOf,
} from "../../../../src/policy/budgets/price-of.ts";

describe("priceOf", () => {
  it("finds a model behind its version, profile and ARN", () => {
    const table = { source: "table", label: `price table of ${pricesDate}` };
    const sonnet = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWriteHour: 6, ...table };
    assert.deepEqual(priceOf("global.anthropic.claude-sonnet-4-5-20250929-v1:0"), sonnet);
    assert.deepEqual(
      priceOf(
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0",
      ),
      sonnet,
    );
    assert.deepEqual(priceOf("us.amazon.nova-pro-v1:0"), {
      input: 0.8,
      output: 3.2,
      cacheRead: 0.2,
      cacheWrite: 0.8,
      cacheWriteHour: 0.8,
      ...table,
    });
  });

  it("adds the tenth that the newer Claude models cost where they stay in a region", () => {
    assert.equal(priceOf("us.anthropic.claude-haiku-4-5-20251001-v1:0").input, 1.1);
    assert.equal(priceOf("global.anthropic.claude-haiku-4-5-20251001-v1:0").input, 1);
    assert.equal(priceOf("us.anthropic.claude-sonnet-4-20250514-v1:0").input, 3);
  });

  it("tells versions of one name apart", () => {
    assert.deepEqual(
      ["claude-opus-4-20250514", "claude-opus-4-1-20250805", "claude-opus-4-5-20251101"].map(
        (id) => priceOf(`global.anthropic.${id}-v1:0`).input,
      ),
      [15, 15, 5],
    );
  });

  it("never counts an unknown model as free: it is as dear as the dearest", () => {
    const unknown = priceOf("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc");
    assert.equal(unknown.source, "unknown");
    for (const id of ["anthropic.claude-opus-4-1-v1:0", "us.anthropic.claude-fable-5", "amazon.nova-premier-v1:0"]) {
      const known = priceOf(id);
      assert.equal(known.source, "table");
      assert.ok(unknown.input >= known.input && unknown.output >= known.output, id);
      assert.ok(unknown.cacheRead >= known.cacheRead && unknown.cacheWrite >= known.cacheWrite, id);
    }
  });

  it("says of what day the table is", () => {
    assert.match(pricesDate, /^\d{4}-\d{2}-\d{2}$/u);
  });
});

describe("costOf", () => {
  const usage = {
    inputTokens: 1_000,
    outputTokens: 2_000,
    cacheReadInputTokens: 3_000,
    cacheWriteInputTokens: 4_000,
  };
  const price = { input: 1, output: 10, cacheRead: 100, cacheWrite: 1_000, cacheWriteHour: 10_000 };

  it("counts the four kinds of tokens at their rates", () => {
    assert.equal(costOf(usage, price), 4.321);
  });

  it("counts what was written to the cache for an hour at that rate, and the rest at the other", () => {
    assert.equal(costOf({ ...usage, hourCacheWriteInputTokens: 1_000 }, price), 13.321);
  });
});

describe("a price with tiers", () => {
  const rates = { input: 1, output: 10, cacheRead: 0.1, cacheWrite: 2, cacheWriteHour: 4 };
  const times = (factor: number) => ({
    input: rates.input * factor,
    output: rates.output * factor,
    cacheRead: rates.cacheRead * factor,
    cacheWrite: rates.cacheWrite * factor,
    cacheWriteHour: rates.cacheWriteHour * factor,
  });
  const price = {
    ...rates,
    tiers: [
      { inputTokensAbove: 300_000, ...times(10) },
      { inputTokensAbove: 100_000, ...times(2) },
    ],
  };
  const call = (inputTokens: number, cacheReadInputTokens = 0, cacheWriteInputTokens = 0) => ({
    ...{ inputTokens, outputTokens: 1_000, cacheReadInputTokens, cacheWriteInputTokens },
  });

  it("asks the tier's rates for the whole call once its prompt is longer, and not before", () => {
    assert.equal(costOf(call(100_000), price).toFixed(6), "0.110000");
    assert.equal(costOf(call(100_001), price).toFixed(6), "0.220002");
    assert.equal(costOf(call(300_001), price).toFixed(6), "3.100010");
  });

  it("counts what is read from the cache, and written to it, for the length of the prompt", () => {
    assert.equal(costOf(call(1, 60_000, 40_000), price).toFixed(6), "0.192002");
    const saved = savedOf(call(1, 60_000, 40_000), price);
    assert.equal(saved.toFixed(6), (costOf(call(100_001), price) - costOf(call(1, 60_000, 40_000), price)).toFixed(6));
  });

  it("reserves the tier's worst case, that of an hour too", () => {
    assert.equal(worstCaseOf(100_000, 1_000, price).toFixed(6), "0.210000");
    assert.equal(worstCaseOf(100_001, 1_000, price).toFixed(6), "0.420004");
    assert.equal(worstCaseOf(100_001, 1_000, price, true).toFixed(6), "0.820008");
  });

  it("has the first rates for no prompt at all", () => {
    assert.equal(ratesFor(0, price).input, 1);
    assert.equal(ratesFor(200_000, price).input, 2);
  });
});

describe("worstCaseOf", () => {
  it("is never less than what the call can cost", () => {
    const price = priceOf("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
    for (const [read, write] of [
      [0, 0],
      [1_000, 0],
      [0, 1_000],
      [500, 500],
    ] as const) {
      const usage = {
        inputTokens: 1_000 - read - write,
        outputTokens: 100,
        cacheReadInputTokens: read,
        cacheWriteInputTokens: write,
      };
      assert.ok(costOf(usage, price) <= worstCaseOf(1_000, 100, price) + 1e-12);
    }
  });
});
