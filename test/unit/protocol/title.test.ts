import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../../src/protocol/chat-state.ts";

const at = 1;
const start: ChatEvent = {
  type: "turn-start",
  turnId: "t",
  prompt: "Hi",
  attachments: [],
  connection: { kind: "demo" },
  at,
};
const end: ChatEvent = { type: "turn-end", outcome: { kind: "completed" }, at };
const cost = { dollars: 0.001, unknown: 0, prices: "price table" };
const usage = { inputTokens: 7, outputTokens: 3, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
const title: ChatEvent = { type: "title", title: "Retry delay", usage, cost, at };

function fold(...events: readonly ChatEvent[]): ChatState {
  return events.reduce(reduceChat, emptyChat("s"));
}

describe("title", () => {
  it("names the chat, and counts to the turn that has ended, while the next one runs too", () => {
    for (const state of [fold(start, end, title), fold(start, end, start, title)]) {
      assert.equal(state.title, "Retry delay");
      assert.partialDeepStrictEqual(state.past, [{ cost, usage }]);
      assert.equal(state.current?.cost, undefined);
    }
  });

  it("counts to the turn that goes on again", () => {
    const state = fold(start, end, { type: "turn-resume", at }, title);
    assert.partialDeepStrictEqual(state.current, { cost, usage });
  });

  it("without a cost changes no turn's, and no turn at all where there is none", () => {
    const free = { ...title, usage: null, cost: undefined };
    const { cost: _, ...words } = free;
    assert.deepEqual(fold(start, end, words), { ...fold(start, end), title: "Retry delay" });
    assert.deepEqual(fold(words), { ...emptyChat("s"), title: "Retry delay" });
  });

  it("is kept in the journal", () => {
    assert.deepEqual(parseRecord(serializeRecord({ event: title })), { event: title });
  });
});
