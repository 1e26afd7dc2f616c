import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isModelError } from "../../../src/agent/model.ts";
import { capabilitiesOf } from "../../../src/bedrock/capabilities.ts";
import { ownLimitsOf, readModelLimits } from "../../../src/bedrock/model-limits.ts";

const sonnet = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const profile = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/k3x9q2m7v1ab";

describe("whose limits hold", () => {
  const family = { contextTokens: 200_000, outputTokens: 64_000 };
  const published = { contextTokens: 300_000, outputTokens: 65_000 };
  const learned = { unsupported: [], contextTokens: 400_000, outputTokens: 66_000 };
  const own = { contextTokens: 500_000, outputTokens: 67_000 };

  it("the family's, where nobody says anything", () => {
    assert.deepEqual(capabilitiesOf(sonnet).maxima, family);
  });

  it("those that are published go before the family's", () => {
    assert.deepEqual(capabilitiesOf(sonnet, undefined, { published }).maxima, published);
  });

  it("those that errors have taught go before them", () => {
    const { maxima } = capabilitiesOf(sonnet, learned, { published });
    assert.deepEqual(maxima, { contextTokens: 400_000, toldContextTokens: 400_000, outputTokens: 66_000 });
  });

  it("and the user's before all", () => {
    const { maxima } = capabilitiesOf(sonnet, learned, { own, published });
    assert.deepEqual(maxima, { contextTokens: 500_000, toldContextTokens: 500_000, outputTokens: 67_000 });
  });

  it("each of the two for itself", () => {
    const { maxima } = capabilitiesOf(sonnet, undefined, { own: { outputTokens: 9 }, published: { contextTokens: 8 } });
    assert.deepEqual(maxima, { contextTokens: 8, outputTokens: 9 });
  });
});

describe("the user's limits", () => {
  const limits = readModelLimits({
    "*": { contextTokens: 1 },
    "anthropic.*": { contextTokens: 2 },
    "anthropic.claude-sonnet-*-v1:0": { contextTokens: 3, maxOutputTokens: 30 },
    [sonnet]: { contextTokens: 4 },
  });

  it("a whole id goes before a pattern, a longer pattern before a shorter one", () => {
    const of = (id: string, behind?: string): number | undefined => ownLimitsOf(limits, id, behind)?.contextTokens;
    assert.equal(of(sonnet), 4);
    assert.equal(of("us.anthropic.claude-sonnet-4-5-20250929-v1:0"), 3);
    assert.equal(of("us.anthropic.claude-opus-5"), 2);
    assert.equal(of("amazon.nova-pro-v1:0"), 1);
    assert.equal(of(profile, "anthropic.claude-opus-5"), 2);
    assert.equal(ownLimitsOf(readModelLimits({ "nova*": { contextTokens: 1 } }), "amazon.nova-pro-v1:0"), undefined);
    assert.equal(ownLimitsOf(readModelLimits({ "a*b*b": { contextTokens: 1 } }), "ab"), undefined);
  });

  it("a wrong one is named", () => {
    for (const [value, place] of [
      [[], "outcrop.modelLimits"],
      [{ x: { contextTokens: "much" } }, "outcrop.modelLimits › x › contextTokens"],
      [{ x: { maxOutputTokens: 0 } }, "outcrop.modelLimits › x › maxOutputTokens"],
      [{ x: { context: 1 } }, "outcrop.modelLimits › x"],
    ] as const) {
      assert.throws(
        () => readModelLimits(value),
        (error) =>
          isModelError(error) && error.kind === "configuration" && error.message.startsWith(`${place} is wrong`),
      );
    }
  });
});
