import assert from "node:assert/strict";
import type { ConverseStreamOutput, Message } from "@aws-sdk/client-bedrock-runtime";
import { MessageAssembler } from "../../src/agent/message-assembler.ts";
import { ModelError } from "../../src/agent/model.ts";
import { BrokenStream, streamMessage } from "../../src/agent/stream-message.ts";
import { endedEarly } from "../../src/bedrock/classify-error.ts";
import { uniqueIds } from "../../src/chat/unique-ids.ts";
import { emptyChat } from "../../src/protocol/chat-state.ts";
import { ScriptedModel } from "../support/scripted-model.ts";
import { anyStream } from "./any-stream.ts";
import { type FuzzTarget, fuzzTarget } from "./fuzz-target.ts";
import { playFuzzedTurn } from "./fuzzed-session.ts";
import { refusedParts } from "./refused-parts.ts";

const prompt: Message = { role: "user", content: [{ text: "Go." }] };
const place = { modelId: "m", region: "r", endpoint: undefined, requestId: undefined };

/** The message that comes of a stream, whole or broken, is one that Bedrock takes back. */
export const assemblerTarget: FuzzTarget = fuzzTarget("events into the assembler", 0.45, anyStream, (stream) => {
  const assembler = new MessageAssembler(uniqueIds(emptyChat("s")));
  for (const event of stream) feed(assembler, event);
  const { content, toolUses } = assembler.finish();
  const asked = content.filter(({ toolUse }) => toolUse !== undefined && toolUse.type !== "server_tool_use");
  assert.deepEqual(
    toolUses.map(({ toolUseId }) => toolUseId),
    asked.map(({ toolUse }) => toolUse?.toolUseId),
  );
  assert.equal(new Set(toolUses.map(({ id }) => id)).size, toolUses.length);
  assert.deepEqual(refusedParts([prompt, { role: "assistant", content: [...content] }]), []);
  assert.deepEqual(refusedParts([prompt, { role: "assistant", content: [...assembler.finishedText()] }]), []);
});

function feed(assembler: MessageAssembler, event: ConverseStreamOutput): void {
  const { contentBlockStart, contentBlockDelta, contentBlockStop } = event;
  if (contentBlockStart !== undefined) assembler.start(contentBlockStart.contentBlockIndex, contentBlockStart.start);
  if (contentBlockDelta !== undefined) assembler.delta(contentBlockDelta.contentBlockIndex, contentBlockDelta.delta);
  if (contentBlockStop !== undefined) assembler.stop(contentBlockStop.contentBlockIndex);
}

/** Plays these events as the adapter does: an end without `messageStop` is its error. Every further request gets a plain answer. */
function streamModel(stream: readonly ConverseStreamOutput[]): ScriptedModel {
  const first = isComplete(stream) ? stream : [...stream, endedEarly(stream.length, place)];
  return new ScriptedModel(first, ...Array.from({ length: 4 }, () => plainAnswer));
}

const plainAnswer: readonly ConverseStreamOutput[] = [
  { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Done." } } },
  { messageStop: { stopReason: "end_turn" } },
];

function isComplete(stream: readonly ConverseStreamOutput[]): boolean {
  return stream.some(({ messageStop }) => messageStop !== undefined);
}

/** A stream without `messageStop` is never a message, and everything that is thrown is typed. */
export const streamTarget: FuzzTarget = fuzzTarget("events into streamMessage", 0.2, anyStream, async (stream) => {
  const streamed = streamMessage({
    model: streamModel(stream),
    request: { messages: [prompt] },
    emit: () => undefined,
    signal: new AbortController().signal,
    uniqueId: uniqueIds(emptyChat("s")),
    streamingTitle: (name) => name,
    now: () => 0,
  });
  if (isComplete(stream)) {
    assert.equal(typeof (await streamed).stopReason, "string");
    return;
  }
  await assert.rejects(streamed, (error) => error instanceof BrokenStream && error.cause instanceof ModelError);
});

/** A whole turn over a stream: no tool runs from an incomplete message, and the history stays one that Bedrock takes. */
export const turnTarget: FuzzTarget = fuzzTarget("events into a turn with tools", 0.1, anyStream, async (stream) => {
  const { messages, runs, reports } = await playFuzzedTurn(streamModel(stream));
  assert.deepEqual(reports, []);
  if (!isComplete(stream)) assert.equal(runs, 0);
  assert.deepEqual(refusedParts(messages), []);
});
