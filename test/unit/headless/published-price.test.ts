import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { publishedPrice } from "../../../src/headless/published-price.ts";
import { costOf, priceOf } from "../../../src/policy/budgets/price-of.ts";

/** Not in the bundled table, and dearer above 272,000 tokens. */
const model = "us.openai.gpt-6-sol";
const used = { inputTokens: 300_000, outputTokens: 1_000, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };

describe("publishedPrice", () => {
  it("is the catalogue's without VS Code too, and the table's where the catalogue has none", () => {
    assert.equal(priceOf(model).source, "unknown");
    assert.equal(publishedPrice(model).source, "catalogue");
    assert.equal(costOf(used, publishedPrice(model)).toFixed(4), "1.3365");
    assert.equal(publishedPrice("my-gateway-claude-sonnet-4-5").source, "table");
    assert.equal(publishedPrice("somebody.new-model").source, "unknown");
  });
});
