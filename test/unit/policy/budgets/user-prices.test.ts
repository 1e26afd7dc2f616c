import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { priceOf } from "../../../../src/policy/budgets/price-of.ts";
import { userPrices } from "../../../../src/policy/budgets/user-prices.ts";

const sonnet = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const label = { source: "user", label: "your prices" };

describe("userPrices", () => {
  it("go before the table, and before it only where they name the model", () => {
    const find = userPrices({ [sonnet]: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cacheWriteHour: 5 } });
    const own = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cacheWriteHour: 5, ...label };
    assert.deepEqual(priceOf(sonnet, [find]), own);
    assert.equal(priceOf("us.amazon.nova-pro-v1:0", [find]).source, "table");
  });

  it("take the input's rate for what is left out of the cache's", () => {
    const find = userPrices({ mine: { input: 2, output: 8 }, other: { input: 2, output: 8, cacheWrite: 3 } });
    assert.deepEqual(find("mine"), { input: 2, output: 8, cacheRead: 2, cacheWrite: 2, cacheWriteHour: 2, ...label });
    assert.deepEqual(find("other"), { input: 2, output: 8, cacheRead: 2, cacheWrite: 3, cacheWriteHour: 3, ...label });
  });

  it("know patterns: an id goes before one, a longer one before a shorter", () => {
    const find = userPrices({
      "*": { input: 1, output: 1 },
      "*claude*": { input: 2, output: 2 },
      "gateway/claude": { input: 3, output: 3 },
    });
    assert.deepEqual(
      ["gateway/claude", "gateway/claude-2", "us.anthropic.CLAUDE-x", "llama", ""].map((id) => find(id)?.input),
      [3, 2, 2, 1, 1],
    );
    const exact = userPrices({ "a.b": { input: 1, output: 1 }, "a+(b)*": { input: 2, output: 2 } });
    assert.deepEqual(
      ["a.b", "axb", "a+(b)c", "aab"].map((id) => exact(id)?.input),
      [1, undefined, 2, undefined],
    );
  });

  it("count as none where they are no prices", () => {
    const wrong = { a: { input: 1 }, b: { input: "1", output: 2 }, c: { input: -1, output: 2 }, d: 4, e: null };
    const find = userPrices(wrong);
    assert.deepEqual(Object.keys(wrong).map(find), [undefined, undefined, undefined, undefined, undefined]);
    for (const setting of [undefined, null, [], "x", 1]) assert.equal(userPrices(setting)("a"), undefined);
  });

  it("make a model known that no table lists", () => {
    const find = userPrices({ "our-*": { input: 1, output: 1 } });
    assert.equal(priceOf("our-model", [find]).source, "user");
    assert.equal(priceOf("their-model", [find]).source, "unknown");
  });
});
