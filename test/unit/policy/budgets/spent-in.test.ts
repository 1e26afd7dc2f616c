import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spentIn } from "../../../../src/policy/budgets/spent-in.ts";
import { reduceChat } from "../../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../../src/protocol/chat-state.ts";
import { wholeTurn } from "../../../support/chat-events.ts";
import { testPolicy } from "../../../support/test-policy.ts";

/** Input 3, output 15 dollars a million. */
const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const usage = { inputTokens: 1_000_000, outputTokens: 100_000, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };

describe("spentIn", () => {
  it("adds up what the turns of a chat have cost, the demo's at nothing", () => {
    const chat = wholeTurn.reduce(reduceChat, emptyChat("s1"));
    const [turn] = chat.past;
    assert.ok(turn !== undefined);
    const paid = { ...turn, usage, connection: { kind: "bedrock", modelId } } as const;
    const demo = { ...turn, usage, connection: { kind: "demo" } } as const;
    assert.equal(spentIn({ past: [], current: null }), 0);
    assert.equal(spentIn({ past: [paid, demo, { ...paid, usage: null }], current: null }), 4.5);
    assert.equal(spentIn({ past: [paid], current: paid }), 9);
  });

  it("counts against the cap of a session that is opened again", async () => {
    const { spend } = testPolicy({ spent: 19.9, spend: { perSession: 20 } }).policy;
    const verdict = await spend.reserve({ modelId, inputTokens: 100_000, maxTokens: 10_000 });
    assert.equal(verdict.kind === "exhausted" && verdict.exhaustion.what, "dollars-per-session");
  });
});
