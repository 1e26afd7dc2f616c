import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import type { ChatSessionOptions } from "../../../src/chat/session-options.ts";
import type { Connection } from "../../../src/protocol/connection.ts";
import { createSession } from "../../support/create-session.ts";
import { heldTiming } from "../../support/held-timing.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  textBlock,
  textDelta,
  throttledBy,
} from "../../support/scripted-model.ts";
import { shownParts } from "../../support/shown-parts.ts";

const hello = [...textBlock(0, "Hello"), messageStop("end_turn")];
const prompt = { text: "Hi", attachments: [] };

/** A session whose waits do not end by themselves, on one pace. */
function heldSession(model: ScriptedModel, options: Partial<ChatSessionOptions> = {}) {
  const timing = heldTiming();
  const pace = new RequestPace({ requests: 1, tokens: 1 });
  const created = createSession(model, { timing, connect: async () => ({ model, pace }), ...options });
  return { ...created, timing, pace };
}

/** The wait that a turn comes to; fails where it ends without one. */
function heldIn(turn: Promise<unknown>, begun: Promise<number>): Promise<number> {
  return Promise.race([begun, turn.then(() => assert.fail("the turn ended without a wait"))]);
}

describe("ChatSession, Retry Now", () => {
  it("sends at once what waits for a retry, and opens the pace", async () => {
    const model = new ScriptedModel([throttledBy("Too many requests", 60_000)], hello);
    const { session, stored, timing, pace } = heldSession(model);
    const begun = timing.nextWait();
    const turn = session.send(prompt);
    assert.equal(await heldIn(turn, begun), 60_000);
    assert.deepEqual(pace.hold(1_000), { delayMs: 60_000, reason: "back-off" });
    session.connection.sendNow();
    assert.deepEqual(await turn, { kind: "completed" });
    assert.equal(pace.hold(1_000), undefined);
    assert.deepEqual(timing.waiting, []);
    assert.deepEqual(
      stored.events.map(({ type }) => type),
      ["turn-start", "step-start", "retry-scheduled", "step-start", "text-delta", "step-end", "turn-end"],
    );
  });

  it("sends at once what is held back by the pace", async () => {
    const model = new ScriptedModel(hello);
    const { session, stored, timing, pace } = heldSession(model);
    pace.throttled("slow down", 30_000, 1_000);
    const begun = timing.nextWait();
    const turn = session.send(prompt);
    assert.equal(await heldIn(turn, begun), 30_000);
    assert.deepEqual(session.chat.current?.phase, { kind: "pacing", reason: "back-off", resumesAt: 31_000 });
    session.connection.sendNow();
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(stored.events[1], { type: "pace", reason: "back-off", delayMs: 30_000, at: 1_000 });
  });

  it("does nothing where nothing waits, before a turn, in one and after it", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), modelError("network", 1)], hello);
    const { session } = createSession(model);
    session.connection.sendNow();
    session.subscribe(() => session.connection.sendNow());
    assert.deepEqual(await session.send(prompt), { kind: "completed" });
    session.connection.sendNow();
    assert.equal(model.requests.length, 2);
  });
});

describe("ChatSession, Stop while it waits", () => {
  it("B5.78 is cancelled at once in the wait for a retry, and keeps the text that was there", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), modelError("server", 8)], hello);
    const { session, stored, timing } = heldSession(model);
    const begun = timing.nextWait();
    const turn = session.send(prompt);
    await heldIn(turn, begun);
    session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.equal(model.requests.length, 1);
    assert.deepEqual(timing.waiting, []);
    assert.deepEqual(shownParts(session.chat), [[1, "Hel"]]);
    assert.deepEqual(stored.messages.at(-1), { role: "assistant", content: [{ text: "Hel" }] });
    assert.deepEqual(await session.send({ text: "again", attachments: [] }), { kind: "completed" });
  });

  it("B5.78 is cancelled at once while the pace holds it back, the text of the attempt before kept", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), throttledBy("slow down")], hello);
    const { session, stored, timing, pace } = heldSession(model);
    const retry = timing.nextWait();
    const turn = session.send(prompt);
    await heldIn(turn, retry);
    const held = timing.nextWait();
    session.connection.sendNow();
    pace.throttled("another session was refused", 30_000, 1_000);
    assert.equal(await heldIn(turn, held), 30_000);
    session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.deepEqual(stored.messages.at(-1), { role: "assistant", content: [{ text: "Hel" }] });
    assert.deepEqual(shownParts(session.chat), [[1, "Hel"]]);
    assert.equal(model.requests.length, 1);
  });

  it("B5.78 is cancelled while it connects, however long that takes", async () => {
    const { session, stored } = createSession(new ScriptedModel(), { connect: () => new Promise(() => undefined) });
    const turn = session.send(prompt);
    await new Promise((resolve) => setImmediate(resolve));
    session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.deepEqual(
      stored.events.map(({ type }) => type),
      ["turn-start", "turn-end"],
    );
  });

  it("B5.84 has everything kept once it has settled: a window that closes stops and waits for that", async () => {
    const { session, stored, timing } = heldSession(new ScriptedModel([textDelta(0, "Hel"), modelError("server", 8)]));
    const begun = timing.nextWait();
    await heldIn(session.send(prompt), begun);
    session.stop();
    await session.settled();
    assert.equal(session.isRunning, false);
    assert.deepEqual(stored.events.at(-1), { type: "turn-end", outcome: { kind: "cancelled" }, at: 1_000 });
    assert.deepEqual(stored.messages, [
      { role: "user", content: [{ text: "Hi" }] },
      { role: "assistant", content: [{ text: "Hel" }] },
    ]);
  });
});

describe("ChatSession, a model switched while it waits", () => {
  it("answers the next attempt with the new model, told once, and the turn after it without a word", async () => {
    let connection: Connection = { kind: "bedrock", modelId: "m1", region: "eu-west-1" };
    const failure = modelError("server", 8);
    const models = {
      m1: new ScriptedModel([textDelta(0, "Hel"), failure]),
      m2: new ScriptedModel([failure], hello, hello),
    };
    const { session, stored } = createSession(models.m1, {
      settings: () => ({
        connection,
        maxSteps: 25,
        limits: { retries: 5, longestWaitMs: 60_000 },
        compaction: "automatic",
      }),
      connect: async (to) => ({
        model: to.kind === "bedrock" && to.modelId === "m2" ? models.m2 : models.m1,
        pace: new RequestPace({ requests: 1, tokens: 1 }),
      }),
    });
    session.subscribe((event) => {
      if (event.type === "retry-scheduled") connection = { kind: "bedrock", modelId: "m2", region: "eu-west-1" };
    });
    assert.deepEqual(await session.send(prompt), { kind: "completed" });
    assert.deepEqual(
      stored.events.filter(({ type }) => type === "notice"),
      [
        {
          type: "notice",
          text: "From here on m2 answers.",
          at: 1_750,
          connection: { kind: "bedrock", modelId: "m2", region: "eu-west-1" },
        },
      ],
    );
    assert.equal(models.m1.requests.length, 1);
    assert.deepEqual(models.m2.requests[0], models.m1.requests[0]);
    assert.deepEqual(shownParts(session.chat), [
      [1, "From here on m2 answers."],
      [1, "recovered"],
      [1, "Hello"],
    ]);
    await session.send({ text: "again", attachments: [] });
    assert.equal(stored.events.filter(({ type }) => type === "notice").length, 1);
  });

  it("names the demo model as what it is", async () => {
    let connection: Connection = { kind: "bedrock", modelId: "m1" };
    const model = new ScriptedModel([modelError("credentials", 1)], hello);
    const { session, stored } = createSession(model, {
      settings: () => ({
        connection,
        maxSteps: 25,
        limits: { retries: 5, longestWaitMs: 60_000 },
        compaction: "automatic",
      }),
    });
    session.subscribe((event) => {
      if (event.type === "retry-scheduled") connection = { kind: "demo" };
    });
    await session.send(prompt);
    assert.equal(
      stored.events.filter((event) => event.type === "notice" && /the demo model/.test(event.text)).length,
      1,
    );
  });
});

describe("ChatSession, bugs around the loop", () => {
  it("ends the turn as failed where the tools cannot be made, and takes the next prompt", async () => {
    const bug = new Error("no tools");
    let failing = true;
    const { session, reports } = createSession(new ScriptedModel(hello), {
      tools: () => {
        if (failing) throw bug;
        return [];
      },
    });
    const outcome = await session.send(prompt);
    assert.equal(outcome?.kind === "failed" && outcome.error.kind, "unknown");
    assert.deepEqual(reports, [bug]);
    failing = false;
    assert.equal(session.isRunning, false);
    assert.deepEqual(await session.send(prompt), { kind: "completed" });
  });

  it("does not begin to go on where the settings cannot be read", async () => {
    let failing = false;
    const { session, stored } = createSession(
      new ScriptedModel([textDelta(0, "Hel"), modelError("validation")], hello),
      {
        settings: () => {
          if (failing) throw new Error("no settings");
          return {
            connection: { kind: "demo" },
            maxSteps: 1,
            limits: { retries: 0, longestWaitMs: 1 },
            compaction: "off",
          };
        },
      },
    );
    await session.send(prompt);
    const events = stored.events.length;
    failing = true;
    await assert.rejects(session.resume(), new Error("no settings"));
    await assert.rejects(session.continue(), new Error("no settings"));
    assert.equal(stored.events.length, events);
    failing = false;
    assert.deepEqual(await session.resume(), { kind: "completed" });
  });
});
