import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ModelRequest } from "../../../../src/agent/model.ts";
import { type CachedRequest, CacheHealth } from "../../../../src/chat/served/cache-health.ts";
import { promptSegments } from "../../../../src/chat/served/prompt-segments.ts";

const minute = 60_000;
const facts = { modelId: "m", cacheTtl: "5m", thinking: "auto" } as const;
const tool = (name: string) => ({ toolSpec: { name, inputSchema: { json: { type: "object" } } } });
const user = (text: string) => ({ role: "user" as const, content: [{ text }] });
const prompt: ModelRequest = {
  system: [{ text: "Be brief." }],
  toolConfig: { tools: [tool("look")] },
  messages: [user("One"), { role: "assistant", content: [{ text: "1" }] }, user("Two")],
};
const usageOf = (cacheReadInputTokens: number, cacheWriteInputTokens: number) => ({
  inputTokens: 10,
  outputTokens: 5,
  cacheReadInputTokens,
  cacheWriteInputTokens,
});

function asked(own: Partial<CachedRequest> = {}, request: ModelRequest = prompt): CachedRequest {
  const segments = promptSegments(request);
  return { facts, segments, compaction: undefined, marksMessages: true, usage: usageOf(0, 20_000), at: 0, ...own };
}

/** Why the second of two requests read nothing. */
function whyBroken(own: Partial<CachedRequest>, request?: ModelRequest): string | undefined {
  const health = new CacheHealth();
  health.judge(asked());
  return health.judge(asked({ at: minute, ...own }, request)).broke;
}

describe("CacheHealth", () => {
  it("names the first part of the prompt that changed", () => {
    const others = prompt.messages?.slice(1) ?? [];
    assert.deepEqual(
      [
        whyBroken({}, { ...prompt, toolConfig: { tools: [tool("look"), tool("seek")] } }),
        whyBroken({}, { ...prompt, system: [{ text: "Be long." }], messages: [user("Other")] }),
        whyBroken({}, { ...prompt, messages: [user("Other"), ...others] }),
        whyBroken({ compaction: 1 }, { ...prompt, messages: [user("A summary"), ...others] }),
        whyBroken({}, { ...prompt, messages: prompt.messages?.slice(0, 1) ?? [] }),
      ],
      [
        "the tools changed",
        "the system prompt changed",
        "message 1 changed",
        "message 1 was compacted",
        "message 2 changed",
      ],
    );
  });

  it("names what else breaks a cache: another model, other thinking, time, and what nobody here knows", () => {
    assert.deepEqual(
      [
        whyBroken({ facts: { ...facts, modelId: "n" } }),
        whyBroken({ facts: { ...facts, thinking: "off" } }),
        whyBroken({ facts: { ...facts, cacheTtl: undefined } }),
        whyBroken({ at: 5 * minute }),
        whyBroken({ at: 5 * minute + 1 }),
      ],
      [
        "the model changed",
        "the settings for thinking changed",
        "prompt caching was switched off",
        "Bedrock did not find it, although nothing changed",
        "more than 5 minutes passed",
      ],
    );
    const health = new CacheHealth();
    const long = { facts: { ...facts, cacheTtl: "1h" as const } };
    health.judge(asked(long));
    assert.equal(
      health.judge(asked({ ...long, at: 59 * minute })).broke,
      "Bedrock did not find it, although nothing changed",
    );
    assert.equal(health.judge(asked({ ...long, at: 120 * minute })).broke, "more than an hour passed");
  });

  it("says nothing where most of what could be read was read", () => {
    assert.equal(whyBroken({ usage: usageOf(10_000, 300) }), undefined);
    assert.notEqual(whyBroken({ usage: usageOf(9_999, 300) }), undefined);
  });

  it("warns at the second miss in a row on a long prefix, and once", () => {
    const health = new CacheHealth();
    const warnings = (usages: readonly (readonly [number, number])[]) =>
      usages.map(([read, written]) => health.judge(asked({ usage: usageOf(read, written) })).warns);
    assert.deepEqual(
      warnings([
        [0, 20_000],
        [0, 20_000],
        [20_000, 10],
        [0, 20_000],
      ]),
      [false, false, false, false],
    );
    assert.deepEqual(
      warnings([
        [0, 20_000],
        [0, 20_000],
        [0, 20_000],
      ]),
      [true, false, false],
    );
  });

  it("does not warn of a short prefix", () => {
    const health = new CacheHealth();
    const short = [1, 2, 3, 4].map(() => health.judge(asked({ usage: usageOf(0, 2_000) })).warns);
    assert.deepEqual(short, [false, false, false, false]);
  });

  it("counts a long prompt of which nothing was cached although all was marked", () => {
    const never = { usage: { ...usageOf(0, 0), inputTokens: 20_000 } };
    const judge = (own: Partial<CachedRequest>) => {
      const health = new CacheHealth();
      return [1, 2, 3].map(() => health.judge(asked({ ...never, ...own })).warns);
    };
    assert.deepEqual(judge({}), [false, false, true]);
    assert.deepEqual(judge({ marksMessages: false }), [false, false, false]);
    assert.deepEqual(judge({ facts: { ...facts, cacheTtl: undefined } }), [false, false, false]);
  });
});
