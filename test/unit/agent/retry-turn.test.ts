import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { repairRequest } from "../../../src/agent/malformed-answer.ts";
import { type CallRecord, ModelError } from "../../../src/agent/model.ts";
import type { Refusal } from "../../../src/agent/run-mended-step.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import type { TurnPart } from "../../../src/protocol/chat-state.ts";
import { assertAccepted } from "../../support/accepted-by-bedrock.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";
import { answeringTool, fakeTool } from "../../support/fake-tool.ts";
import { playTurn } from "../../support/play-turn.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  silentError,
  textBlock,
  textDelta,
  toolBlock,
  toolDelta,
  toolStart,
  usage,
} from "../../support/scripted-model.ts";

const hello = [...textBlock(0, "Hel", "lo"), messageStop("end_turn")];
const calling = (id: string) => [...toolBlock(0, id, "look"), messageStop("tool_use")];
const never = { most: 0, baseMs: 0 };
const look = answeringTool("look", "found it");
const prompt: Message = { role: "user", content: [{ text: "Hi" }] };

/** What the events of a turn leave on the screen. */
function shown(events: readonly ChatEvent[]): readonly string[] {
  const describePart = (part: TurnPart): string => (part.kind === "text" ? part.text : part.kind);
  return fold([...wholeTurn.slice(0, 1), ...events]).current?.parts.map(describePart) ?? [];
}

describe("runTurn and retries", () => {
  it("B4.74 shows the answer once, however its attempts broke off", async () => {
    const reset = modelError("network", 8);
    const attempts = [
      [[reset]],
      [[textDelta(0, "Hel"), reset]],
      [[textDelta(0, "Hel"), reset], [reset], [textDelta(0, "Hello"), reset]],
      [[...textBlock(0, "Hello"), reset]],
      [
        [toolStart(0, "t1", "look"), reset],
        [textDelta(0, "H"), silentError("network")],
      ],
      [[textDelta(0, "Hel"), messageStop("malformed_model_output")]],
    ];
    for (const failed of attempts) {
      const { outcome, messages, recorder } = await playTurn({
        model: new ScriptedModel(...failed, hello),
        tools: [look],
      });
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(
        shown(recorder.events).filter((part) => part !== "recovered"),
        ["Hello"],
      );
      assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hello" }] }]);
    }
  });

  it("B3.42 runs no tool of a message whose end did not come, and each tool of the whole one once", async () => {
    let runs = 0;
    const counting = fakeTool("look", () => ({
      effect: "execute",
      run: async () => ({ content: [{ text: `run ${++runs}` }], title: "Ran" }),
    }));
    const cut = [...toolBlock(0, "t1", "look", '{"a":1}'), modelError("truncated_stream", 2)];
    const half = [toolStart(0, "t1", "look"), toolDelta(0, '{"a":'), modelError("truncated_stream", 2)];
    const model = new ScriptedModel(cut, half, calling("t1"), hello);
    const { outcome, messages, recorder } = await playTurn({ model, tools: [counting] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.equal(runs, 1);
    assert.equal(recorder.of("tool-running").length, 1);
    assert.equal(messages.length, 4);
    assertAccepted(messages);
  });

  it("B4.75 sends the results of tools again after a failure, without running the tools again", async () => {
    let runs = 0;
    const counting = fakeTool("look", () => ({
      run: async () => ({ content: [{ text: `run ${++runs}` }], title: "Ran" }),
    }));
    const model = new ScriptedModel(calling("t1"), [textDelta(0, "I"), modelError("server", 8)], hello);
    const { outcome, messages } = await playTurn({ model, tools: [counting] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.equal(runs, 1);
    assert.deepEqual(model.requests[2], model.requests[1]);
    assert.equal(messages.length, 4);
  });

  it("B4.76 fails with the last failure and says that a part is shown, where an earlier attempt had shown it", async () => {
    const reset = modelError("network", 1);
    const { outcome, messages } = await playTurn({ model: new ScriptedModel([textDelta(0, "Hel"), reset], [reset]) });
    assert.deepEqual(outcome, { kind: "failed", error: reset.error, cutOff: true });
    assert.deepEqual(messages, [prompt]);
  });

  it("goes on however many of its steps had to be retried", async () => {
    const reset = modelError("network", 3);
    const failingStep = (id: string) => [[reset], [reset], calling(id)];
    const replies = [...failingStep("t1"), ...failingStep("t2"), ...failingStep("t3"), ...failingStep("t4"), [reset]];
    const { outcome, recorder } = await playTurn({ model: new ScriptedModel(...replies, hello), tools: [look] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.equal(recorder.of("retry-scheduled").length, 9);
    assert.equal(recorder.of("step-start").at(-1)?.step, 5);
  });

  it("allows a long turn its retries, however long ago the first failure was", async () => {
    const reset = modelError("network", 3);
    let now = 0;
    const slow = fakeTool("look", () => ({
      run: async () => {
        now += 600_000;
        return { content: [{ text: "found it" }], title: "Ran" };
      },
    }));
    const { outcome } = await playTurn({
      model: new ScriptedModel([reset], calling("t1"), [reset], hello),
      tools: [slow],
      timing: { now: () => now, random: () => 0.5, wait: async () => undefined },
    });
    assert.deepEqual(outcome, { kind: "completed" });
  });

  it("B4.77 surfaces a bug of the screen as what it is, and does not ask the model again for it", async () => {
    const bug = new TypeError("a bug of the screen");
    const model = new ScriptedModel(hello, hello);
    const emit = (event: ChatEvent): void => {
      if (event.type === "text-delta") throw bug;
    };
    await assert.rejects(playTurn({ model, emit }), bug);
    assert.equal(model.requests.length, 1);
  });
});

describe("runTurn and what is left out", () => {
  const refusedAt = { message: 0, block: 0 };
  const refused = new ModelError({ kind: "validation", message: "No.", actions: [] }, never, undefined, {
    lesson: { refusedAt },
  });

  it("B4.60 has the refused place left out once and asks again; a second refusal ends the turn", async () => {
    const asked: Refusal[] = [];
    const withhold = async (refusal: Refusal): Promise<boolean> => asked.push(refusal) > 0;
    const mended = await playTurn({ model: new ScriptedModel([refused], hello), withhold });
    assert.deepEqual(mended.outcome, { kind: "completed" });
    assert.deepEqual(asked, [{ kind: "refused", place: refusedAt }]);
    const again = await playTurn({ model: new ScriptedModel([refused], [refused], hello), withhold });
    assert.deepEqual(again.outcome, { kind: "failed", error: refused.error, cutOff: false });
    assert.equal(again.model.requests.length, 2);
  });

  it("B4.60 does not ask again where nothing could be left out", async () => {
    const { outcome, model } = await playTurn({ model: new ScriptedModel([refused], hello) });
    assert.deepEqual(outcome, { kind: "failed", error: refused.error, cutOff: false });
    assert.equal(model.requests.length, 1);
  });

  it("B3.46 counts the tokens of an answer that did not fit and was dropped", async () => {
    const full = [...textBlock(0, "Lost"), messageStop("model_context_window_exceeded"), usage(90, 10)];
    const model = new ScriptedModel(full, [...hello, usage(40, 2)]);
    const { recorder } = await playTurn({ model, makeRoom: async () => true });
    assert.deepEqual(
      recorder.of("step-end").map((event) => [event.usage?.inputTokens, event.rejected]),
      [
        [90, true],
        [40, undefined],
      ],
    );
    assert.deepEqual(shown(recorder.events), ["Hello"]);
  });

  it("B4.76 tells of the record of every failed call, retried or not", async () => {
    const records: CallRecord[] = [];
    const record = {
      kind: "server",
      modelId: "m",
      region: "eu-west-1",
      endpoint: undefined,
      httpStatus: 503,
      requestId: "r1",
      elapsedMs: 5,
      events: 0,
      lastEvent: undefined,
    } as const;
    const down = new ModelError({ kind: "server", message: "Down.", actions: [] }, { most: 1, baseMs: 1 }, undefined, {
      record,
    });
    const onFailure = (failure: CallRecord): void => void records.push(failure);
    await playTurn({ model: new ScriptedModel([down], [down], hello), onFailure });
    assert.deepEqual(records, [
      { ...record, attempt: 1 },
      { ...record, attempt: 2 },
    ]);
  });
});

describe("runTurn and a malformed tool call", () => {
  const malformed = [...toolBlock(0, "t1", "look", '{"a":'), messageStop("malformed_tool_use")];

  const repair = repairRequest("look: The input is not valid JSON: Unexpected end of JSON input");

  it("B3.47 asks again once, with a request for repair that the history does not learn of", async () => {
    const model = new ScriptedModel(malformed, hello);
    const { outcome, messages, recorder } = await playTurn({ model, tools: [look] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(model.requests[1]?.messages, [
      { role: "user", content: [{ text: "Hi" }, ...(repair.content ?? [])] },
    ]);
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hello" }] }]);
    assert.deepEqual(recorder.of("tool-end"), []);
  });

  it("still asks for the repair where the connection broke in between", async () => {
    const model = new ScriptedModel(malformed, [modelError("network", 2)], hello);
    const { outcome } = await playTurn({ model, tools: [look] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(model.requests[2], model.requests[1]);
  });

  it("puts the request for repair behind the results of tools", async () => {
    const model = new ScriptedModel(calling("t0"), malformed, hello);
    const { messages } = await playTurn({ model, tools: [look] });
    const content = model.requests[2]?.messages?.at(-1)?.content ?? [];
    assert.deepEqual(
      content.map((block) => block.toolResult?.toolUseId ?? block.text),
      ["t0", repair.content?.[0]?.text],
    );
    assertAccepted(model.requests[2]?.messages ?? []);
    assertAccepted(messages);
  });

  it("B3.47 fails where the second answer is malformed too: nothing ran, nothing is kept", async () => {
    const model = new ScriptedModel(malformed, malformed, hello);
    const { outcome, messages } = await playTurn({ model, tools: [look] });
    assert.equal(outcome.kind === "failed" && outcome.error.kind, "malformed_tool_use");
    assert.equal(outcome.kind === "failed" && outcome.cutOff, false);
    assert.deepEqual(messages, [prompt]);
  });
});
