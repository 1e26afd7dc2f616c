import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConverseStreamOutput, ReasoningContentBlockDelta } from "@aws-sdk/client-bedrock-runtime";
import { fullCapabilities } from "../../../src/agent/capabilities.ts";
import type { Oddities } from "../../../src/agent/oddities.ts";
import { EventRecorder } from "../../support/event-recorder.ts";
import {
  messageStop,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
  usage,
} from "../../support/scripted-model.ts";
import { brokenStream, stream } from "../../support/stream-attempt.ts";

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
      { recorder },
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
      { type: "text-delta", block: 1, text: "Let me", at: 7 },
      { type: "text-delta", block: 1, text: " look.", at: 7 },
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

  it("B2.30 tells once what was odd, of a whole message and of one that breaks off, and nothing where nothing was", async () => {
    const told: Readonly<Record<string, number>>[] = [];
    const onOddities = (oddities: Oddities): void => void told.push(Object.fromEntries(oddities));
    const odd: readonly ReplyPart[] = [
      { messageStart: { role: "user" } },
      { $unknown: ["futureEvent", {}] },
      { $unknown: ["futureEvent", {}] },
      ...textBlock(0, "a"),
    ];
    await stream([...odd, messageStop("end_turn")], { onOddities });
    await brokenStream(stream([...odd, new Error("reset")], { onOddities }));
    await stream([...textBlock(0, "a"), messageStop("end_turn")], { onOddities });
    const expected = { "a message of role user": 1, "unknown futureEvent": 2 };
    assert.deepEqual(told, [expected, expected]);
  });

  it("B2.39 shows what may have been a tag when the stream is over, though nothing closed the block", async () => {
    const recorder = new EventRecorder();
    class ThinkingModel extends ScriptedModel {
      override readonly capabilities = { ...fullCapabilities, thinksInText: true };
    }
    const model = new ThinkingModel([textDelta(0, "<thinking>a</thinking>b\n<think"), messageStop("end_turn")]);
    const { message } = await stream([], { model, recorder });
    assert.deepEqual(message.content, [{ text: "b\n<think" }]);
    assert.deepEqual(recorder.events, [
      { type: "reasoning-delta", block: 0, text: "a", at: 7 },
      { type: "text-delta", block: 1, text: "b\n", at: 7 },
      { type: "text-delta", block: 1, text: "<think", at: 7 },
    ]);
  });

  it("B2.36 takes a message that does not say that the assistant speaks", async () => {
    const { message } = await stream([
      { messageStart: { role: "user" } },
      ...textBlock(0, "a"),
      messageStop("end_turn"),
    ]);
    assert.deepEqual(message, { role: "assistant", content: [{ text: "a" }] });
  });

  it("B2.37 counts what comes behind the end of the message, which adds nothing to it", async () => {
    const told: unknown[] = [];
    const onOddities = (oddities: Oddities): void => void told.push(Object.fromEntries(oddities));
    const late = [...textBlock(0, "b"), ...toolBlock(1, "t1", "look", "{}"), messageStop("tool_use"), usage(1, 2)];
    const result = await stream([...textBlock(0, "a"), messageStop("end_turn"), ...late], { onOddities });
    assert.deepEqual(told, [
      {
        "behind the end: contentBlockDelta": 2,
        "behind the end: contentBlockStart": 1,
        "behind the end: contentBlockStop": 2,
        "behind the end: messageStop": 1,
      },
    ]);
    assert.deepEqual([result.message.content, result.toolUses, result.stopReason], [[{ text: "a" }], [], "end_turn"]);
    assert.equal(result.usage?.inputTokens, 1);
  });

  it("B2.37 does not repeat a block that is stopped twice or goes on behind its stop", async () => {
    const recorder = new EventRecorder();
    const [stop] = textBlock(0).slice(-1);
    const twice = stop === undefined ? [] : [stop, stop];
    const { message } = await stream([textDelta(0, "a"), ...twice, textDelta(0, "b"), messageStop("end_turn")], {
      recorder,
    });
    assert.deepEqual(message.content, [{ text: "a" }]);
    assert.deepEqual(recorder.events, [{ type: "text-delta", block: 0, text: "a", at: 7 }]);
  });
});
