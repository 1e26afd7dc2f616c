import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fullCapabilities } from "../../../src/agent/capabilities.ts";
import type { CountTokens, Model, ModelRequest } from "../../../src/agent/model.ts";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import { StepMeter } from "../../../src/chat/step-meter.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, type ReplyPart, ScriptedModel, textBlock, usage } from "../../support/scripted-model.ts";

const prices = "price table of 2026-11-21";
const stepEnd: ChatEvent = { type: "step-end", stopReason: "end_turn", usage: null, at: 1 };
const turnEnd: ChatEvent = { type: "turn-end", outcome: { kind: "completed" }, at: 1 };
const started = { messageStart: { role: "assistant" as const } };
const answer: readonly ReplyPart[] = [started, ...textBlock(0, "Hi"), messageStop("end_turn"), usage(1_000, 20)];

async function drain(meter: StepMeter, count?: CountTokens, reply = answer, maxTokens?: number): Promise<void> {
  const request: ModelRequest = {
    system: [{ text: "x".repeat(400) }],
    messages: [{ role: "user", content: [{ text: "y".repeat(400) }] }],
  };
  const model = meter.watch(new ScriptedModel(reply), "m", count, maxTokens);
  for await (const _ of model.converseStream(request, new AbortController().signal));
}

function contextOf(meter: StepMeter): unknown {
  const event = meter.complete(stepEnd);
  return event.type === "step-end" ? event.context : undefined;
}

describe("StepMeter", () => {
  it("tells the cost of a step with its end, failed attempts of it included, and once", () => {
    const meter = new StepMeter();
    meter.spent({ cost: undefined, prices });
    meter.spent({ cost: 0.25, prices });
    assert.deepEqual(meter.complete(stepEnd), { ...stepEnd, cost: { dollars: 0.25, unknown: 1, prices } });
    assert.deepEqual(meter.complete(stepEnd), stepEnd);
    assert.deepEqual(meter.complete(turnEnd), turnEnd);
  });

  it("tells with the end of the turn what led to no step's end", () => {
    const meter = new StepMeter();
    meter.spent({ cost: 0.5, prices });
    const delta: ChatEvent = { type: "text-delta", block: 0, text: "Hi" };
    assert.equal(meter.complete(delta), delta);
    assert.deepEqual(meter.complete(turnEnd), { ...turnEnd, cost: { dollars: 0.5, unknown: 0, prices } });
  });

  it("tells how full the window is, by the service's own count", async () => {
    const meter = new StepMeter();
    await drain(meter);
    const parts = { system: 507, tools: 0, history: 513, attachments: 0 };
    assert.deepEqual(contextOf(meter), { ...parts, window: 200_000, counted: true });
  });

  it("tells what is kept for the answer, no more than the model gives", async () => {
    const most = fullCapabilities.maxima.outputTokens ?? assert.fail("unknown");
    for (const [maxTokens, reserved] of [
      [8_192, 8_192],
      [most + 1, most],
      [undefined, undefined],
    ] as const) {
      const meter = new StepMeter();
      await drain(meter, undefined, answer, maxTokens);
      assert.deepEqual(contextOf(meter), {
        ...{ system: 507, tools: 0, history: 513, attachments: 0, window: 200_000, counted: true },
        ...(reserved !== undefined && { reserved }),
      });
    }
  });

  it("estimates where the service told no usage", async () => {
    const meter = new StepMeter();
    await drain(meter, undefined, [...textBlock(0, "Hi"), messageStop("end_turn")]);
    assert.deepEqual(contextOf(meter), { system: 103, tools: 0, history: 100, attachments: 0, window: 200_000 });
  });

  it("asks for a count of what stays the same beside the answer, once, and waits for it nowhere", async () => {
    const meter = new StepMeter();
    const asked: ModelRequest[] = [];
    let tell: (tokens: number | undefined) => void = () => assert.fail("not asked");
    const count: CountTokens = (request) => {
      asked.push(request);
      return new Promise((resolve) => {
        tell = resolve;
      });
    };
    await drain(meter, count);
    assert.deepEqual(
      asked.map(({ messages }) => messages),
      [[{ role: "user", content: [{ text: "." }] }]],
    );
    tell(300);
    await drain(meter, count);
    assert.equal(asked.length, 1);
    const parts = { system: 300, tools: 0, history: 720, attachments: 0 };
    assert.deepEqual(contextOf(meter), { ...parts, window: 200_000, counted: true });
  });

  it("lets through what a model tells beside its answer, to the user of a session that watches how it is served", async () => {
    const notice = "The gateway holds answers back.";
    const scripted = new ScriptedModel();
    const telling: Model = {
      capabilities: scripted.capabilities,
      async *converseStream(_request, _signal, _onSilence, onNotice) {
        onNotice?.(notice);
        for (const part of answer) if (typeof part === "object" && !(part instanceof Error)) yield part;
      },
    };
    const model = new StepMeter().watch(telling, "m");
    const facts = { modelId: "m", cacheTtl: undefined, thinking: "auto" };
    const { session, stored } = createSession(model, {
      connect: async () => ({ model, facts, pace: new RequestPace() }),
    });
    await session.send({ text: "Hi", attachments: [] });
    const told = stored.events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
    assert.deepEqual(told, [notice]);
  });

  it("completes what a session folds, keeps and tells", async () => {
    const meter = new StepMeter();
    const model = meter.watch(new ScriptedModel(answer), "m");
    const { session, stored } = createSession(model, { complete: meter.complete });
    meter.spent({ cost: 0.5, prices });
    await session.send({ text: "Hi", attachments: [] });
    const kept = stored.events.find(({ type }) => type === "step-end");
    const cost = { dollars: 0.5, unknown: 0, prices };
    assert.deepEqual(kept?.type === "step-end" && [kept.modelId, kept.cost], ["m", cost]);
    assert.deepEqual([session.chat.past[0]?.cost, session.chat.past[0]?.context?.counted], [cost, true]);
  });
});
