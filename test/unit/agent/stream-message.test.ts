import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConverseStreamOutput, ReasoningContentBlockDelta } from "@aws-sdk/client-bedrock-runtime";
import { BrokenStream, streamMessage } from "../../../src/agent/stream-message.ts";
import { EventRecorder } from "../../support/event-recorder.ts";
import {
  messageStop,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
  toolStart,
  untilStopped,
  usage,
} from "../../support/scripted-model.ts";

function stream(parts: readonly ReplyPart[], recorder = new EventRecorder(), signal = new AbortController().signal) {
  return streamMessage({
    model: new ScriptedModel(parts),
    request: { messages: [] },
    emit: recorder.emit,
    signal,
    uniqueId: (id) => `${id}!`,
    streamingTitle: (name) => `${name}…`,
    now: () => 7,
  });
}

/** What the stream threw; fails where it did not. */
async function brokenStream(streaming: Promise<unknown>): Promise<BrokenStream> {
  const error = await streaming.then(
    () => assert.fail("the stream did not break"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof BrokenStream);
  return error;
}

describe("streamMessage", () => {
  it("sends every delta out as it comes and answers with the whole message", async () => {
    const recorder = new EventRecorder();
    const reasoning = (part: ReasoningContentBlockDelta): ConverseStreamOutput => {
      return { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: part } } };
    };
    const message = await stream(
      [
        { messageStart: { role: "assistant" } },
        reasoning({ text: "hm" }),
        reasoning({ signature: "s" }),
        ...textBlock(1, "Let me", " look."),
        ...toolBlock(2, "t1", "look", '{"a"', ":1}"),
        messageStop("tool_use"),
        usage(11, 3),
      ],
      recorder,
    );
    assert.deepEqual(message, {
      message: {
        role: "assistant",
        content: [
          { reasoningContent: { reasoningText: { text: "hm", signature: "s" } } },
          { text: "Let me look." },
          { toolUse: { toolUseId: "t1", name: "look", input: { a: 1 } } },
        ],
      },
      toolUses: [{ id: "t1!", toolUseId: "t1", name: "look", input: { kind: "object", value: { a: 1 } } }],
      stopReason: "tool_use",
      usage: { inputTokens: 11, outputTokens: 3, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
    });
    assert.deepEqual(recorder.events, [
      { type: "reasoning-delta", block: 0, text: "hm", at: 7 },
      { type: "text-delta", block: 1, text: "Let me" },
      { type: "text-delta", block: 1, text: " look." },
      { type: "tool-start", id: "t1!", name: "look", title: "look…", at: 7 },
      { type: "tool-input-delta", id: "t1!", fragment: '{"a"' },
      { type: "tool-input-delta", id: "t1!", fragment: ":1}" },
    ]);
  });

  it("takes metadata before the stop, and reports unknown usage as null", async () => {
    const early = await stream([...textBlock(0, "a"), usage(1, 2), messageStop("end_turn")]);
    assert.equal(early.usage?.outputTokens, 2);
    const none = await stream([...textBlock(0, "a"), messageStop("end_turn")]);
    assert.equal(none.usage, null);
    const partial = await stream([
      messageStop("end_turn"),
      { metadata: { usage: { inputTokens: 1, outputTokens: undefined, totalTokens: 1 }, metrics: { latencyMs: 1 } } },
    ]);
    assert.equal(partial.usage, null);
  });

  it("counts cached tokens where the model reports them", async () => {
    const { usage: counted } = await stream([
      messageStop("end_turn"),
      {
        metadata: {
          usage: {
            inputTokens: 1,
            outputTokens: 2,
            totalTokens: 10,
            cacheReadInputTokens: 3,
            cacheWriteInputTokens: 4,
          },
          metrics: { latencyMs: 1 },
        },
      },
    ]);
    assert.deepEqual(counted, {
      inputTokens: 1,
      outputTokens: 2,
      cacheReadInputTokens: 3,
      cacheWriteInputTokens: 4,
    });
  });

  it("passes an unknown stop reason on", async () => {
    assert.equal((await stream([messageStop("pause_turn")])).stopReason, "pause_turn");
  });

  it("ignores events that it does not know", async () => {
    const { message } = await stream([
      { $unknown: ["futureEvent", { a: 1 }] },
      ...textBlock(0, "a"),
      messageStop("end_turn"),
    ]);
    assert.deepEqual(message.content, [{ text: "a" }]);
  });

  it("keeps the text of a stream that fails, with the failure as the cause", async () => {
    const failure = new Error("reset");
    const error = await brokenStream(stream([textDelta(0, "So f"), toolStart(1, "t1", "look"), failure]));
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So f" }] });
    assert.equal(error.cause, failure);
  });

  it("keeps nothing where there was no text", async () => {
    const error = await brokenStream(stream([toolStart(0, "t1", "look"), new Error("reset")]));
    assert.equal(error.kept, undefined);
  });

  it("does not take an end without messageStop for a whole message", async () => {
    const error = await brokenStream(stream(textBlock(0, "half")));
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "half" }] });
    assert.equal(String(error.cause), "Error: The stream ended without messageStop.");
  });

  it("breaks off with the signal's reason when stopped in mid-stream", async () => {
    const controller = new AbortController();
    const recorder = new EventRecorder();
    const reason = new Error("stopped");
    recorder.on("text-delta", () => controller.abort(reason));
    const error = await brokenStream(stream([textDelta(0, "So"), untilStopped], recorder, controller.signal));
    assert.equal(error.cause, reason);
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So" }] });
  });
});
