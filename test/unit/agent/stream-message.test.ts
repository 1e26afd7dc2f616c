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

  it("B2.33 takes metadata before the stop as well as after it", async () => {
    const counted = { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
    const early = await stream([...textBlock(0, "a"), usage(1, 2), messageStop("end_turn")]);
    assert.deepEqual(early.usage, counted);
    const late = await stream([...textBlock(0, "a"), messageStop("end_turn"), usage(1, 2)]);
    assert.deepEqual(late.usage, counted);
    const both = await stream([
      usage(1, 2),
      messageStop("end_turn"),
      { metadata: { usage: undefined, metrics: undefined } },
    ]);
    assert.deepEqual(both.usage, counted);
  });

  it("B2.34 reports unknown usage as null, not as zero", async () => {
    const none = await stream([...textBlock(0, "a"), messageStop("end_turn")]);
    assert.equal(none.usage, null);
    const partial = await stream([
      messageStop("end_turn"),
      { metadata: { usage: { inputTokens: 1, outputTokens: undefined, totalTokens: 1 }, metrics: { latencyMs: 1 } } },
    ]);
    assert.equal(partial.usage, null);
  });

  it("B2.35 counts cached tokens where the model reports them", async () => {
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

  it("B3.51 passes an unknown stop reason on", async () => {
    assert.equal((await stream([messageStop("pause_turn")])).stopReason, "pause_turn");
  });

  it("B2.30 ignores events that it does not know", async () => {
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

  it("B2.36 takes a message that does not say that the assistant speaks", async () => {
    const { message } = await stream([
      { messageStart: { role: "user" } },
      ...textBlock(0, "a"),
      messageStop("end_turn"),
    ]);
    assert.deepEqual(message, { role: "assistant", content: [{ text: "a" }] });
  });

  it("B2.37 does not repeat a block that is stopped twice or goes on behind its stop", async () => {
    const recorder = new EventRecorder();
    const [stop] = textBlock(0).slice(-1);
    const twice = stop === undefined ? [] : [stop, stop];
    const { message } = await stream(
      [textDelta(0, "a"), ...twice, textDelta(0, "b"), messageStop("end_turn")],
      recorder,
    );
    assert.deepEqual(message.content, [{ text: "a" }]);
    assert.deepEqual(recorder.events, [{ type: "text-delta", block: 0, text: "a" }]);
  });

  it("B3.41 takes a stream without any event for a broken one", async () => {
    const error = await brokenStream(stream([]));
    assert.equal(error.kept, undefined);
    assert.equal(error.isSilent, true);
  });

  it("B4.77 passes a failure of our own listener on as it is, with the text that was there", async () => {
    const bug = new TypeError("a bug of the screen");
    const recorder = new EventRecorder();
    recorder.on("text-delta", () => {
      throw bug;
    });
    const error = await brokenStream(stream([textDelta(0, "So"), textDelta(0, " far")], recorder));
    assert.equal(error.cause, bug);
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So" }] });
  });

  it("says how long the stream has been silent, which is not yet something shown", async () => {
    const recorder = new EventRecorder();
    const silence = { phase: "first-byte", silentMs: 30, limitMs: 90 } as const;
    const error = await brokenStream(
      stream([async (_, onSilence) => onSilence?.(silence), new Error("reset")], recorder),
    );
    assert.deepEqual(recorder.events, [{ type: "silence", ...silence, at: 7 }]);
    assert.equal(error.isSilent, true);
  });

  it("knows of thinking and calls that were shown, though they are not kept", async () => {
    const thinking = { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "hm" } } } };
    for (const part of [thinking, toolStart(0, "t1", "look")]) {
      const error = await brokenStream(stream([part, new Error("reset")]));
      assert.deepEqual([error.kept, error.shown, error.isSilent], [undefined, 0, false]);
    }
  });

  it("names the last event that came, for diagnosis", async () => {
    const told = { kind: "network", message: "m", actions: [] } as const;
    const late = await brokenStream(stream([...textBlock(0, "a"), new Error("reset")]));
    assert.deepEqual(late.tell(told), { ...told, lastEvent: "contentBlockStop" });
    assert.deepEqual((await brokenStream(stream([new Error("reset")]))).tell(told), told);
  });

  it("keeps nothing where there was no text", async () => {
    const error = await brokenStream(stream([toolStart(0, "t1", "look"), new Error("reset")]));
    assert.equal(error.kept, undefined);
  });

  it("B3.40 does not take an end without messageStop for a whole message", async () => {
    const error = await brokenStream(stream(textBlock(0, "half")));
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "half" }] });
    assert.equal(String(error.cause), "Error: The stream ended without messageStop.");
  });

  it("B5.78 breaks off with the signal's reason when stopped in mid-stream", async () => {
    const controller = new AbortController();
    const recorder = new EventRecorder();
    const reason = new Error("stopped");
    recorder.on("text-delta", () => controller.abort(reason));
    const error = await brokenStream(stream([textDelta(0, "So"), untilStopped], recorder, controller.signal));
    assert.equal(error.cause, reason);
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So" }] });
  });
});
