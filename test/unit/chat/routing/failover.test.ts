import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeCacheLoss, failoverTo } from "../../../../src/chat/routing/failover.ts";
import { ThrottleWatch } from "../../../../src/chat/routing/throttle-watch.ts";
import type { ChatEvent } from "../../../../src/protocol/chat-event.ts";
import type { BedrockConnection } from "../../../../src/protocol/connection.ts";
import type { ErrorKind } from "../../../../src/protocol/turn-error.ts";
import { createSession } from "../../../support/create-session.ts";
import { messageStop, modelError, ScriptedModel, textBlock } from "../../../support/scripted-model.ts";

const at = 1;
const here: BedrockConnection = { kind: "bedrock", modelId: "eu.m", region: "eu-west-1" };
const start: ChatEvent = { type: "turn-start", turnId: "t", prompt: "Hi", attachments: [], connection: here, at };
const end: ChatEvent = { type: "step-end", stopReason: "tool_use", usage: null, at };

function retry(kind: ErrorKind): ChatEvent {
  const error = { kind, message: "No.", actions: [] };
  return { type: "retry-scheduled", error, retry: 1, retries: 5, delayMs: 1, at };
}

function seen(...events: readonly ChatEvent[]): readonly boolean[] {
  const watch = new ThrottleWatch();
  return events.map((event) => watch.see(event));
}

describe("ThrottleWatch", () => {
  it("tells once a turn, at the third refusal in a row", () => {
    const throttled = retry("throttled");
    assert.deepEqual(seen(start, throttled, throttled, throttled, throttled), [false, false, false, true, false]);
    assert.deepEqual(
      seen(start, throttled, throttled, throttled, start, throttled, throttled, throttled).filter(Boolean).length,
      2,
    );
  });

  it("tells where the turn gives up sooner, and then no more", () => {
    const failed = (kind: ErrorKind): ChatEvent => {
      const outcome = { kind: "failed", cutOff: false, error: { kind, message: "No.", actions: [] } } as const;
      return { type: "turn-end", outcome, at };
    };
    assert.deepEqual(seen(start, retry("throttled"), failed("throttled")), [false, false, true]);
    assert.deepEqual(seen(start, failed("quota")), [false, true]);
    assert.deepEqual(seen(start, failed("server")), [false, false]);
    const throttled = retry("throttled");
    assert.deepEqual(seen(start, throttled, throttled, throttled, failed("throttled")).filter(Boolean).length, 1);
  });

  it("does not where an answer or another failure came between", () => {
    const throttled = retry("throttled");
    assert.equal(seen(start, throttled, throttled, end, throttled).includes(true), false);
    assert.equal(seen(start, throttled, throttled, retry("server"), throttled).includes(true), false);
  });
});

describe("failover", () => {
  it("changes what the place names, and keeps the rest", () => {
    assert.deepEqual(failoverTo(here, { region: "eu-north-1" }), { ...here, region: "eu-north-1" });
    assert.deepEqual(failoverTo(here, { model: "global.m", profile: "b" }), {
      ...here,
      modelId: "global.m",
      profile: "b",
    });
    const routed = { ...here, routing: { fast: "s", frontier: "eu.m" } };
    assert.deepEqual(failoverTo(routed, { model: "global.m" }), { ...here, modelId: "global.m" });
    assert.deepEqual(failoverTo(routed, { profile: "b" }), { ...routed, profile: "b" });
  });

  it("says what the cache is worth, and never that the unknown is nothing", () => {
    const last = { inputTokens: 5, outputTokens: 5, cacheReadInputTokens: 40_000, cacheWriteInputTokens: 1_000 };
    assert.equal(
      describeCacheLoss(last, { cacheRead: 0.3, cacheWrite: 3.75 }),
      "About 41,000 cached tokens are processed anew: about $0.14 more once.",
    );
    assert.equal(
      describeCacheLoss(last, undefined),
      "About 41,000 cached tokens are processed anew; what that costs is unknown.",
    );
    assert.equal(describeCacheLoss(null, undefined), "Nothing of this chat is cached, so nothing is lost.");
  });

  it("moves a chat for as long as the settings say the same: its turns are that place's, from their beginning", async () => {
    const hello = [...textBlock(0, "Hello"), messageStop("end_turn")];
    let connection = here;
    const { session, stored } = createSession(new ScriptedModel(hello, hello, hello, hello), {
      settings: () => ({ connection, maxSteps: 5, limits: { retries: 0, longestWaitMs: 1 }, compaction: "off" }),
    });
    const there = { ...here, profile: "second" };
    const prompt = { text: "Hi", attachments: [] };
    session.connection.useInstead(there);
    await session.send(prompt);
    await session.send(prompt);
    session.connection.comeBack();
    await session.send(prompt);
    session.connection.useInstead(there);
    connection = { ...here, modelId: "other" };
    await session.send(prompt);
    const begun = stored.events.flatMap((event) => (event.type === "turn-start" ? [event.connection] : []));
    assert.deepEqual(begun, [there, there, here, connection]);
    assert.deepEqual(
      session.chat.past.map((turn) => turn.connection),
      begun,
    );
    assert.deepEqual(
      stored.events.filter(({ type }) => type === "notice"),
      [],
    );
  });

  it("moves a turn that waits, and says so", async () => {
    const { session, stored } = createSession(
      new ScriptedModel([modelError("throttled", 8)], [...textBlock(0, "Hello"), messageStop("end_turn")]),
      {
        settings: () => ({
          ...{ connection: here, maxSteps: 5, compaction: "off" },
          limits: { retries: 1, longestWaitMs: 1 },
        }),
      },
    );
    const there = { ...here, profile: "second" };
    session.subscribe((event) => {
      if (event.type === "retry-scheduled") session.connection.useInstead(there);
    });
    await session.send({ text: "Hi", attachments: [] });
    const notices = stored.events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
    assert.deepEqual(notices, ["From here on eu.m (profile second) answers."]);
    assert.deepEqual(session.chat.past[0]?.connection, there);
  });
});
