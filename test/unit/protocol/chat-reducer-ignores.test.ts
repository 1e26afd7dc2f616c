import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";

/** The state after the events up to the first of this type, that one included. */
function foldUntil(type: ChatEvent["type"], after = 0) {
  return fold(wholeTurn.slice(0, wholeTurn.findIndex((event, index) => index >= after && event.type === type) + 1));
}

describe("reduceChat, with events that fit nothing", () => {
  it("ignores a resume where nothing has ended or a turn runs", () => {
    const empty = emptyChat("s");
    const running = foldUntil("step-start");
    assert.equal(reduceChat(empty, { type: "turn-resume", at: 1 }), empty);
    assert.equal(reduceChat(running, { type: "turn-resume", at: 1 }), running);
  });

  it("ignores every event of a turn where none is running", () => {
    const ended = fold(wholeTurn);
    const inTurn = wholeTurn.filter(({ type }) => type !== "turn-start");
    for (const event of inTurn) assert.equal(reduceChat(ended, event), ended, event.type);
  });

  it("ignores events of unknown tool calls", () => {
    const state = foldUntil("tool-running");
    const strangers = wholeTurn.flatMap((event): readonly ChatEvent[] => {
      const isOfCall = "id" in event && event.type !== "tool-start" && event.type !== "compaction-undone";
      return isOfCall ? [{ ...event, id: "stranger" }] : [];
    });
    assert.equal(strangers.length, 12);
    for (const event of strangers) assert.deepEqual(reduceChat(state, event), state, event.type);
  });

  it("does not copy past turns or parts that a delta leaves alone", () => {
    const second = wholeTurn.slice(0, -1);
    const state = fold(second, fold(wholeTurn));
    const next = reduceChat(state, { type: "text-delta", block: 0, text: "!" });
    assert.equal(next.past, state.past);
    assert.equal(next.current?.parts[0], state.current?.parts[0]);
    assert.deepEqual(next.current?.parts.at(-1), { kind: "text", step: 2, block: 0, text: "They fail.!" });
    assert.deepEqual(state.current?.parts.at(-1), { kind: "text", step: 2, block: 0, text: "They fail." });
  });
});
