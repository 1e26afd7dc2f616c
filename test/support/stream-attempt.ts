import assert from "node:assert/strict";
import { BrokenStream, type StreamMessageOptions, streamMessage } from "../../src/agent/stream-message.ts";
import { EventRecorder } from "./event-recorder.ts";
import { type ReplyPart, ScriptedModel } from "./scripted-model.ts";

interface Scene extends Partial<StreamMessageOptions> {
  readonly recorder?: EventRecorder;
}

/** Streams one attempt of a model that says these parts. The clock stands at 7. */
export function stream(parts: readonly ReplyPart[], { recorder = new EventRecorder(), ...own }: Scene = {}) {
  return streamMessage({
    model: new ScriptedModel(parts),
    request: { messages: [] },
    emit: recorder.emit,
    signal: new AbortController().signal,
    uniqueId: (id) => `${id}!`,
    streamingTitle: (name) => `${name}…`,
    now: () => 7,
    ...own,
  });
}

/** What the stream threw; fails where it did not. */
export async function brokenStream(streaming: Promise<unknown>): Promise<BrokenStream> {
  const error = await streaming.then(
    () => assert.fail("the stream did not break"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof BrokenStream);
  return error;
}
