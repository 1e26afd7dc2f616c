import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addUsage, noUsage, promptTokens } from "../../../src/protocol/token-usage.ts";

const usage = { inputTokens: 1, outputTokens: 20, cacheReadInputTokens: 300, cacheWriteInputTokens: 4_000 };

describe("token usage", () => {
  it("sums each kind of token on its own", () => {
    assert.deepEqual(addUsage(usage, usage), {
      inputTokens: 2,
      outputTokens: 40,
      cacheReadInputTokens: 600,
      cacheWriteInputTokens: 8_000,
    });
    assert.deepEqual(addUsage(noUsage, usage), usage);
  });

  it("B2.35 counts cached tokens as part of the prompt", () => {
    assert.equal(promptTokens(usage), 4_301);
  });
});
