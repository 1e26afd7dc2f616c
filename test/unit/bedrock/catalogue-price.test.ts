import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catalogueEntries } from "../../../src/bedrock/catalogue/catalogue.ts";
import { findCataloguePrice } from "../../../src/bedrock/catalogue/catalogue-price.ts";
import { costOf } from "../../../src/policy/budgets/price-of.ts";

/** Not in the bundled table, and dearer above 272,000 tokens. */
const model = "us.openai.gpt-6-sol";
const used = (inputTokens: number) => ({
  ...{ inputTokens, outputTokens: 1_000, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
});

describe("findCataloguePrice", () => {
  it("has the tiers of the catalogue, whose rates of the cache are whole", () => {
    const price = findCataloguePrice(model);
    const { label, ...rates } = price ?? {};
    assert.match(label ?? "", /^catalogue of \d{4}-\d{2}-\d{2}$/u);
    assert.deepEqual(rates, {
      ...{ input: 2.2, output: 11, cacheRead: 0.22, cacheWrite: 2.75, cacheWriteHour: 2.75, source: "catalogue" },
      tiers: [
        { inputTokensAbove: 272_000, input: 4.4, output: 16.5, cacheRead: 0.44, cacheWrite: 5.5, cacheWriteHour: 5.5 },
      ],
    });
  });

  it("prices every tier of the catalogue dearer than what is below it", () => {
    const tiered = catalogueEntries().filter(({ prices }) => Object.values(prices).some(({ tiers }) => tiers));
    assert.ok(tiered.length >= 10);
    for (const { id } of tiered) {
      const price = findCataloguePrice(id);
      const [tier] = price?.tiers ?? [];
      assert.ok(price !== undefined && tier !== undefined, id);
      const [short, long] = [
        costOf(used(tier.inputTokensAbove), price),
        costOf(used(tier.inputTokensAbove + 1), price),
      ];
      assert.ok(long > short * 1.2, `${id}: ${short}, ${long}`);
    }
  });

  it("knows no model that the catalogue does not have", () => {
    assert.equal(findCataloguePrice("somebody.new-model"), undefined);
  });
});
