import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RequestPaces } from "../../../src/agent/request-pace.ts";
import type { Connection } from "../../../src/protocol/connection.ts";
import { createSession } from "../../support/create-session.ts";
import { heldTiming } from "../../support/held-timing.ts";
import { messageStop, ScriptedModel, textBlock, throttledBy } from "../../support/scripted-model.ts";

const first: Connection = { kind: "bedrock", modelId: "m-1", region: "eu-west-1" };
const second: Connection = { kind: "bedrock", modelId: "m-2", region: "eu-west-1" };
const prompt = { text: "Hi", attachments: [] };
const compaction = "automatic";

/** A session in which no wait ends by itself, each model with a pace of its own, and the user at the picker. */
function switchableSession(model: ScriptedModel) {
  const timing = heldTiming();
  const paces = new RequestPaces();
  let connection = first;
  const asked: string[] = [];
  const created = createSession(model, {
    timing,
    settings: () => ({ connection, maxSteps: 5, limits: { retries: 3, longestWaitMs: 60_000 }, compaction }),
    connect: async (chosen) => {
      const key = chosen.kind === "bedrock" ? chosen.modelId : "";
      asked.push(key);
      return { model, pace: paces.of(key) };
    },
  });
  const choose = (chosen: Connection): void => {
    connection = chosen;
    created.session.connection.changed();
  };
  return { ...created, timing, paces, asked, choose };
}

describe("ChatSession, another model while it waits", () => {
  it("sends what waits for a retry to it at once, and names it", async () => {
    const model = new ScriptedModel([throttledBy("slow", 60_000)], [...textBlock(0, "Hello"), messageStop("end_turn")]);
    const { session, timing, paces, asked, choose } = switchableSession(model);
    const begun = timing.nextWait();
    const turn = session.send(prompt);
    assert.equal(await begun, 60_000);
    choose(second);
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(asked, ["m-1", "m-2"]);
    assert.deepEqual(session.chat.past.at(-1)?.connection, second);
    // The old one's throttle still counts for whoever asks there.
    assert.equal(paces.of("m-1").hold(1_000)?.reason, "back-off");
  });

  it("sends what is held back by the old one's pace to it at once", async () => {
    const model = new ScriptedModel([...textBlock(0, "Hello"), messageStop("end_turn")]);
    const { session, timing, paces, choose } = switchableSession(model);
    paces.of("m-1").throttled("slow down", 30_000, 1_000);
    const begun = timing.nextWait();
    const turn = session.send(prompt);
    assert.equal(await begun, 30_000);
    choose(second);
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(session.chat.past.at(-1)?.connection, second);
  });

  it("goes on waiting where the new one is held back too, and where nothing has changed", async () => {
    const model = new ScriptedModel([...textBlock(0, "Hello"), messageStop("end_turn")]);
    const { session, timing, paces, choose } = switchableSession(model);
    for (const id of ["m-1", "m-2"]) paces.of(id).throttled("slow down", id === "m-1" ? 30_000 : 20_000, 1_000);
    const begun = timing.nextWait();
    const turn = session.send(prompt);
    assert.equal(await begun, 30_000);
    choose({ ...first });
    assert.deepEqual(timing.waiting, [30_000]);
    const next = timing.nextWait();
    choose(second);
    assert.equal(await next, 20_000);
    session.stop();
    assert.deepEqual([await turn, model.requests.length], [{ kind: "cancelled" }, 0]);
  });
});
