import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RequestPaces } from "../../../../src/agent/request-pace.ts";
import type { Timing } from "../../../../src/agent/timing.ts";
import { escalateSession } from "../../../../src/chat/escalate-session.ts";
import type { ChatEvent } from "../../../../src/protocol/chat-event.ts";
import type { Connection } from "../../../../src/protocol/connection.ts";
import type { RoutingTier } from "../../../../src/protocol/routing.ts";
import { createSession } from "../../../support/create-session.ts";
import { heldTiming } from "../../../support/held-timing.ts";
import {
  messageStop,
  modelError,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  toolBlock,
  untilStopped,
  usage,
} from "../../../support/scripted-model.ts";

const connection: Connection = { kind: "bedrock", modelId: "big", routing: { fast: "small", frontier: "big" } };
const small: Connection = { kind: "bedrock", modelId: "small" };
const big: Connection = { kind: "bedrock", modelId: "big" };
const prompt = { text: "Where is the retry delay?", attachments: [] };
const hello = [...textBlock(0, "Hello"), messageStop("end_turn"), usage(10, 2)];

function verdict(tier: string, reason = "One place."): readonly ReplyPart[] {
  const input = JSON.stringify({ tier, reason });
  return [...toolBlock(0, "t1", "route_prompt", input), messageStop("tool_use"), usage(100, 20)];
}

/** A session between two models; `smalls` and `bigs` are their answers in order, the verdicts among the first. */
function routedSession(
  smalls: readonly (readonly ReplyPart[])[],
  bigs: readonly (readonly ReplyPart[])[],
  timing: Timing = heldTiming(),
) {
  const models = { small: new ScriptedModel(...smalls), big: new ScriptedModel(...bigs) };
  const paces = new RequestPaces();
  const tiers: RoutingTier[] = [];
  const created = createSession(models.big, {
    timing,
    settings: () => ({ connection, maxSteps: 5, limits: { retries: 0, longestWaitMs: 1 }, compaction: "off" }),
    connect: async (chosen) => {
      const id = chosen.kind === "bedrock" ? chosen.modelId : "";
      return { model: id === "small" ? models.small : models.big, pace: paces.of(id) };
    },
    onServed: (tier) => void tiers.push(tier),
  });
  const routed = (): readonly ChatEvent[] => created.stored.events.filter(({ type }) => type === "routed");
  return { ...created, models, tiers, routed };
}

describe("ChatSession, automatic routing", () => {
  it("sends a prompt to the model that the small one names, says why and counts what that took", async () => {
    const { session, models, routed, tiers } = routedSession([verdict("fast"), hello], []);
    assert.deepEqual(await session.send(prompt), { kind: "completed" });
    const at = 1_000;
    const took = { inputTokens: 100, outputTokens: 20, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
    assert.deepEqual(routed(), [
      { type: "routed", tier: "fast", reason: "One place", usage: took, connection: small, at },
    ]);
    const [turn] = session.chat.past;
    assert.deepEqual([turn?.connection, turn?.usage?.inputTokens, turn?.usage?.outputTokens], [small, 110, 22]);
    assert.deepEqual([models.small.requests.length, models.big.requests.length, tiers], [2, 0, ["fast"]]);
    assert.deepEqual(models.small.requests[0]?.toolConfig?.toolChoice, { tool: { name: "route_prompt" } });
    assert.equal(JSON.stringify(models.small.requests[0]?.messages).includes(prompt.text), true);
  });

  it("judges once a turn, not once a step or a conversation", async () => {
    const call = [...toolBlock(0, "c1", "no_such_tool", "{}"), messageStop("tool_use")];
    const { session, tiers } = routedSession([verdict("frontier"), verdict("fast"), hello], [call, hello]);
    await session.send(prompt);
    await session.send(prompt);
    assert.deepEqual(tiers, ["frontier", "fast"]);
    assert.deepEqual(
      session.chat.past.map((turn) => turn.connection),
      [big, small],
    );
  });

  it("goes to the strongest where the verdict fails, is none, or does not come in time", async () => {
    const silent: readonly ReplyPart[] = [untilStopped];
    const expired = { ...heldTiming(), wait: async () => undefined };
    for (const [reply, reason] of [
      [[modelError("throttled", 8)], "the judging model could not be asked"],
      [verdict("huge"), "no clear verdict"],
      [[...textBlock(0, "fast"), messageStop("end_turn")], "no clear verdict"],
      [silent, "no verdict within 4 s"],
    ] as const) {
      const timing = reply === silent ? expired : heldTiming();
      const { session, models, routed } = routedSession([reply], [hello], timing);
      assert.deepEqual(await session.send(prompt), { kind: "completed" });
      const [event] = routed();
      assert.deepEqual(event?.type === "routed" && [event.tier, event.reason], ["frontier", reason]);
      assert.equal(models.big.requests.length, 1);
    }
  });

  it("ends at Stop while it waits for the verdict, and asks nobody else", async () => {
    const { session, models } = routedSession([[untilStopped]], [hello]);
    const turn = session.send(prompt);
    while (models.small.requests.length === 0) await new Promise(setImmediate);
    session.stop();
    assert.deepEqual([await turn, models.big.requests.length], [{ kind: "cancelled" }, 0]);
  });

  it("gives a turn that the small model cannot do to the stronger one, once, and says so", async () => {
    const failing = [modelError("model_error")];
    const { session, models, stored, tiers } = routedSession([verdict("fast"), failing], [hello]);
    assert.deepEqual(await session.send(prompt), { kind: "completed" });
    assert.deepEqual(tiers, ["frontier"]);
    assert.equal(models.big.requests.length, 1);
    assert.equal(stored.events.filter(({ type }) => type === "turn-resume").length, 1);
    const notices = stored.events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
    assert.deepEqual(notices, ["From here on big answers."]);
    assert.deepEqual(session.chat.past.at(-1)?.connection, big);
  });

  it("does not where the stronger one would meet the same", async () => {
    const { session, models, tiers } = routedSession([verdict("fast"), [modelError("auth")]], [hello]);
    const outcome = await session.send(prompt);
    assert.deepEqual(tiers, []);
    assert.deepEqual([outcome?.kind, models.big.requests.length], ["failed", 0]);
  });

  it("gives the rest of a running turn, or the prompt once more, to the stronger one on the user's word", async () => {
    const call = [...toolBlock(0, "c1", "no_such_tool", "{}"), messageStop("tool_use")];
    const running = routedSession([verdict("fast"), call], [hello]);
    running.session.subscribe((event) => {
      if (event.type === "step-end") void escalateSession(running.session);
    });
    await running.session.send(prompt);
    assert.deepEqual(running.session.chat.past.at(-1)?.connection, big);

    const done = routedSession([verdict("fast"), hello], [hello]);
    await done.session.send(prompt);
    assert.deepEqual(await escalateSession(done.session), { kind: "completed" });
    assert.deepEqual(
      done.session.chat.past.map((turn) => [turn.prompt, turn.connection]),
      [
        [prompt.text, small],
        [prompt.text, big],
      ],
    );
    assert.deepEqual(done.tiers, ["fast", "frontier"]);
  });

  it("stays with the model of the turn when a turn goes on", async () => {
    const cut = [...textBlock(0, "Half"), messageStop("max_tokens")];
    const { session, tiers, models } = routedSession([verdict("fast"), cut, hello], []);
    await session.send(prompt);
    assert.deepEqual(await session.continue(), { kind: "completed" });
    assert.deepEqual([tiers, models.small.requests.length], [["fast"], 3]);
  });
});
