import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlock, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import { MessageAssembler } from "../../../src/agent/message-assembler.ts";
import { wholeAnswerEvents } from "../../../src/bedrock/whole-answer.ts";

const content: ContentBlock[] = [
  { reasoningContent: { reasoningText: { text: " hm\n", signature: "s" } } },
  { reasoningContent: { redactedContent: new Uint8Array([1, 2]) } },
  { text: "I look." },
  { toolUse: { toolUseId: "1", name: "look", input: { place: "here" } } },
  { toolUse: { toolUseId: "2", name: "look", input: {} } },
];
const answer = (own: Partial<ConverseCommandOutput>): ConverseCommandOutput => ({
  $metadata: {},
  output: { message: { role: "assistant", content } },
  stopReason: "tool_use",
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  metrics: { latencyMs: 4 },
  ...own,
});

describe("wholeAnswerEvents", () => {
  it("makes the stream out of which the same message is put together", () => {
    const assembler = new MessageAssembler((id) => id);
    for (const { contentBlockStart, contentBlockDelta, contentBlockStop } of wholeAnswerEvents(answer({}))) {
      if (contentBlockStart) assembler.start(contentBlockStart.contentBlockIndex, contentBlockStart.start);
      if (contentBlockDelta) assembler.delta(contentBlockDelta.contentBlockIndex, contentBlockDelta.delta);
      if (contentBlockStop) assembler.stop(contentBlockStop.contentBlockIndex);
    }
    assert.deepEqual(assembler.finish().content, content);
  });

  it("B3.48 passes on what a guardrail tells of its judgement", () => {
    const trace = { guardrail: { actionReason: "Blocked." } };
    assert.deepEqual([...wholeAnswerEvents(answer({ trace }))].at(-1)?.metadata?.trace, trace);
  });

  it("ends with the stop reason and the usage", () => {
    assert.deepEqual([...wholeAnswerEvents(answer({}))].slice(-2), [
      { messageStop: { stopReason: "tool_use" } },
      { metadata: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 4 } } },
    ]);
  });

  it("is empty without a message, and has no end without a stop reason", () => {
    assert.deepEqual([...wholeAnswerEvents(answer({ output: undefined }))], []);
    const unfinished = [...wholeAnswerEvents(answer({ stopReason: undefined }))];
    assert.equal(
      unfinished.some(({ messageStop }) => messageStop !== undefined),
      false,
    );
  });

  it("shows the words of a cited answer", () => {
    const cited = { citationsContent: { content: [{ text: "Paris " }, { text: "it is." }] } };
    const message = { role: "assistant" as const, content: [cited] };
    assert.deepEqual([...wholeAnswerEvents(answer({ output: { message } }))][1], {
      contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Paris it is." } },
    });
  });
});
