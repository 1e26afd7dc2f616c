import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mergeDeltas } from "../../../src/chat/merge-deltas.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";

/** Neighbours merged wherever they can be. */
function merge(events: readonly ChatEvent[]): readonly ChatEvent[] {
  const merged: ChatEvent[] = [];
  for (const event of events) {
    const last = merged.pop();
    const both = last === undefined ? undefined : mergeDeltas(last, event);
    if (both !== undefined) merged.push(both);
    else merged.push(...(last === undefined ? [event] : [last, event]));
  }
  return merged;
}

describe("mergeDeltas", () => {
  it("makes fewer events that fold to the same state", () => {
    const merged = merge(wholeTurn);
    assert.equal(merged.length, wholeTurn.length - 5);
    assert.deepEqual(fold(merged), fold(wholeTurn));
  });

  it("joins the texts of one block, one call's input and one call's output", () => {
    assert.deepEqual(
      mergeDeltas({ type: "text-delta", block: 1, text: "a" }, { type: "text-delta", block: 1, text: "b" }),
      { type: "text-delta", block: 1, text: "ab" },
    );
    assert.deepEqual(
      mergeDeltas(
        { type: "text-delta", block: 1, text: "ab", at: 2, since: 1 },
        { type: "text-delta", block: 1, text: "c", at: 3 },
      ),
      { type: "text-delta", block: 1, text: "abc", at: 3, since: 1 },
    );
    assert.deepEqual(
      mergeDeltas(
        { type: "tool-input-delta", id: "c", fragment: "{" },
        { type: "tool-input-delta", id: "c", fragment: "}" },
      ),
      { type: "tool-input-delta", id: "c", fragment: "{}" },
    );
    assert.deepEqual(
      mergeDeltas({ type: "tool-output", id: "c", text: "a" }, { type: "tool-output", id: "c", text: "b" }),
      { type: "tool-output", id: "c", text: "ab" },
    );
  });

  it("keeps the first and the last time of thinking", () => {
    const delta = (text: string, at: number): ChatEvent => ({ type: "reasoning-delta", block: 0, text, at });
    const two = mergeDeltas(delta("a", 1), delta("b", 2));
    assert.deepEqual(two, { type: "reasoning-delta", block: 0, text: "ab", at: 2, since: 1 });
    assert.deepEqual(two && mergeDeltas(two, delta("c", 3)), {
      type: "reasoning-delta",
      block: 0,
      text: "abc",
      at: 3,
      since: 1,
    });
  });

  it("does not join other blocks, other calls or other events", () => {
    const pairs: readonly (readonly [ChatEvent, ChatEvent])[] = [
      [
        { type: "text-delta", block: 0, text: "a" },
        { type: "text-delta", block: 1, text: "b" },
      ],
      [
        { type: "reasoning-delta", block: 0, text: "a", at: 1 },
        { type: "reasoning-delta", block: 1, text: "b", at: 2 },
      ],
      [
        { type: "reasoning-delta", block: 0, text: "a", at: 1 },
        { type: "text-delta", block: 0, text: "b" },
      ],
      [
        { type: "tool-input-delta", id: "c", fragment: "a" },
        { type: "tool-input-delta", id: "d", fragment: "b" },
      ],
      [
        { type: "tool-output", id: "c", text: "a" },
        { type: "tool-output", id: "d", text: "b" },
      ],
      [
        { type: "turn-resume", at: 1 },
        { type: "turn-resume", at: 2 },
      ],
    ];
    for (const [first, second] of pairs) assert.equal(mergeDeltas(first, second), undefined);
  });
});
