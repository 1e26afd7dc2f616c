import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fullCapabilities } from "../../../src/agent/capabilities.ts";
import type { CountTokens, Model, ModelRequest } from "../../../src/agent/model.ts";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, modelError, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const limit = 1_000;
const reply = (text: string) => [...textBlock(0, text), messageStop("end_turn")];

/** A session that has spoken once, by estimate 1,300 tokens long: more than its model takes by what it has told. */
async function openFull(countTokens: CountTokens | undefined, connects: () => void = () => undefined) {
  const inner = new ScriptedModel(reply("Noted."), reply("A summary of what was said."), reply("Fine."));
  const maxima = { ...fullCapabilities.maxima, toldContextTokens: limit };
  const model: Model = {
    capabilities: { ...fullCapabilities, maxima },
    ...(countTokens !== undefined && { countTokens }),
    converseStream: (request, signal) => inner.converseStream(request, signal),
  };
  const { session, stored } = createSession(model, {
    connect: async () => {
      if (inner.requests.length > 0) connects();
      return { model, pace: new RequestPace() };
    },
  });
  await session.send({ text: "x".repeat(4 * 1_300), attachments: [] });
  const goOn = () => session.send({ text: "Go on.", attachments: [] });
  const shortened = () => stored.events.filter(({ type }) => type === "compaction").length;
  return { session, requests: inner.requests, goOn, shortened };
}

describe("a session near the window that its model has told", () => {
  it("is sent whole where the service's count fits, and that very request is counted", async () => {
    const counted: ModelRequest[] = [];
    const full = await openFull(async (request) => {
      counted.push(structuredClone(request));
      return limit;
    });
    assert.deepEqual(await full.goOn(), { kind: "completed" });
    assert.equal(full.shortened(), 0);
    assert.deepEqual(counted, full.requests.slice(1));
  });

  it("is made shorter where the count does not fit, or where none comes and the estimate is well beyond it", async () => {
    for (const count of [async () => limit + 1, async () => undefined, undefined]) {
      const full = await openFull(count);
      assert.deepEqual(await full.goOn(), { kind: "completed" });
      assert.equal(full.shortened(), 1);
    }
  });

  it("ends with Stop while it is counted, and sends nothing", async () => {
    const full = await openFull(
      (_request, signal) =>
        new Promise((resolve) => {
          signal?.addEventListener("abort", () => resolve(undefined));
          full.session.stop();
        }),
    );
    assert.deepEqual(await full.goOn(), { kind: "cancelled" });
    assert.equal(full.requests.length, 1);
  });

  it("goes by the estimate where nobody can be asked just then, and lets the step ask again", async () => {
    let connects = 0;
    const full = await openFull(undefined, () => {
      if (++connects === 1) throw modelError("credentials");
    });
    assert.deepEqual(await full.goOn(), { kind: "completed" });
    assert.equal(full.shortened(), 1);
  });
});
