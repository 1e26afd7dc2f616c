import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import {
  catalogueDate,
  catalogueEntries,
  catalogueEntry,
  priceFromCatalogue,
} from "../../../src/bedrock/catalogue/catalogue.ts";

const rate = z.number().positive().max(1_000);
const rates = z.strictObject({
  input: rate,
  output: rate,
  cacheRead: rate.optional(),
  cacheWrite: rate.optional(),
  cacheWrite1h: rate.optional(),
});
const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+\.[a-z0-9]/u),
  name: z.string().min(2),
  provider: z.string().min(2),
  date: z.iso.date(),
  contextTokens: z.int().min(4_000).optional(),
  outputTokens: z.int().min(1_000).optional(),
  input: z.array(z.string()).min(1),
  tools: z.boolean(),
  reasoning: z.boolean(),
  prices: z.record(
    z.string().regex(/^(?:region|global|apac|us-gov|[a-z]{2})$/u),
    rates.extend({ tiers: z.array(rates.extend({ inputTokensAbove: z.int().positive() })).optional() }),
  ),
});

/** One id for each family of the capability table that a source knows. */
const families = [
  "global.anthropic.claude-opus-5",
  "us.anthropic.claude-sonnet-5",
  "us.anthropic.claude-fable-5",
  "global.anthropic.claude-opus-4-8",
  "global.anthropic.claude-opus-4-7",
  "global.anthropic.claude-opus-4-6-v1",
  "global.anthropic.claude-sonnet-4-6",
  "us.anthropic.claude-opus-4-5-20251101-v1:0",
  "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.anthropic.claude-opus-4-1-20250805-v1:0",
  "us.anthropic.claude-sonnet-4-20250514-v1:0",
  "anthropic.claude-3-7-sonnet-20250219-v1:0",
  "anthropic.claude-3-5-haiku-20241022-v1:0",
  "anthropic.claude-3-5-sonnet-20241022-v2:0",
  "anthropic.claude-v2:1",
  "us.amazon.nova-pro-v1:0",
  "us.amazon.nova-lite-v1:0",
  "us.amazon.nova-micro-v1:0",
  "us.amazon.nova-premier-v1:0",
  "us.amazon.nova-2-lite-v1:0",
  "us.meta.llama4-maverick-17b-instruct-v1:0",
  "us.meta.llama3-3-70b-instruct-v1:0",
  "meta.llama3-2-90b-instruct-v1:0",
  "meta.llama3-8b-instruct-v1:0",
  "us.mistral.pixtral-large-2502-v1:0",
  "mistral.mistral-large-3-675b-instruct",
  "cohere.command-r-plus-v1:0",
  "cohere.command-text-v14",
  "ai21.jamba-1-5-large-v1:0",
  "us.deepseek.r1-v1:0",
  "deepseek.v3-v1:0",
  "openai.gpt-oss-120b-1:0",
  "openai.gpt-5.4",
  "qwen.qwen3-coder-30b-a3b-v1:0",
  "moonshot.kimi-k2-thinking",
  "minimax.minimax-m2",
  "zai.glm-4.7",
  "xai.grok-4.3",
  "us.writer.palmyra-x5-v1:0",
];

describe("the catalogue", () => {
  it("has the shape that it says, and no rate of 0 or below", () => {
    for (const entry of catalogueEntries()) {
      const parsed = entrySchema.safeParse(entry);
      assert.ok(parsed.success, `${entry.id}: ${parsed.error?.message}`);
    }
    assert.match(catalogueDate, /^20\d\d-\d\d-\d\d$/);
    assert.ok(catalogueEntries().length > 80);
  });

  it("a cache is read for less than the input, and an hour of it costs more than five minutes", () => {
    for (const { id, prices } of catalogueEntries()) {
      for (const { input, cacheRead = 0, cacheWrite, cacheWrite1h } of Object.values(prices)) {
        assert.ok(cacheRead < input, id);
        if (cacheWrite1h !== undefined) assert.ok(cacheWrite1h > (cacheWrite ?? 0), id);
      }
    }
  });

  for (const id of families) {
    it(`knows ${id}`, () => {
      const entry = catalogueEntry(id);
      assert.ok((entry?.contextTokens ?? 0) >= 4_000);
      assert.ok((priceFromCatalogue(id)?.output ?? 0) > 0);
    });
  }

  it("finds a model behind a geography, an ARN, a version and a context variant", () => {
    const ids = [
      "amazon.nova-pro-v1:0",
      "EU.amazon.nova-pro-v1:0".toLowerCase(),
      "amazon.nova-pro-v1:0:300k",
      "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0",
    ];
    assert.deepEqual(new Set(ids.map((id) => catalogueEntry(id)?.id)), new Set(["amazon.nova-pro-v1:0"]));
    assert.equal(catalogueEntry("global.anthropic.claude-opus-4-7-v1")?.id, "anthropic.claude-opus-4-7");
  });

  it("has the price of the geography, and leaves unknown what it does not know", () => {
    const opus = "anthropic.claude-opus-4-8";
    assert.deepEqual(
      [`global.${opus}`, `us.${opus}`, opus].map((id) => priceFromCatalogue(id)?.input),
      [5, 5.5, 5.5],
    );
    assert.equal(priceFromCatalogue("us.anthropic.claude-sonnet-4-5-20250929-v1:0")?.cacheWrite1h, 6.6);
    for (const id of [
      "",
      "anthropic",
      "my-model",
      "arn:aws:bedrock:us-east-1:1:application-inference-profile/k3x9q2m7v1ab",
    ]) {
      assert.deepEqual([catalogueEntry(id), priceFromCatalogue(id)], [undefined, undefined]);
    }
    assert.equal(priceFromCatalogue("meta.llama3-3-70b-instruct-v1:0")?.cacheRead, undefined);
  });
});
