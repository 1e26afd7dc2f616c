import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../../src/protocol/chat-state.ts";
import type { PlanItem } from "../../../src/protocol/plan.ts";

const open: readonly PlanItem[] = [
  { text: "Read", status: "done" },
  { text: "Write", status: "in_progress" },
];
const done: readonly PlanItem[] = open.map(({ text }) => ({ text, status: "done" }));

const start: ChatEvent = {
  type: "turn-start",
  turnId: "t",
  prompt: "go",
  attachments: [],
  connection: { kind: "demo" },
  at: 0,
};
const end: ChatEvent = { type: "turn-end", outcome: { kind: "completed" }, at: 2 };
const plan = (items: readonly PlanItem[]): ChatEvent => ({ type: "plan", items, at: 1 });

/** As a journal keeps them. */
function fold(...events: readonly ChatEvent[]): ChatState {
  const kept = events.map((event) => parseRecord(serializeRecord({ event })));
  return kept.flatMap((record) => ("event" in record ? [record.event] : [])).reduce(reduceChat, emptyChat("s"));
}

describe("the plan of a chat", () => {
  it("is the last one that was told, and outlives its turn", () => {
    assert.deepEqual(fold(start, plan(done), plan(open), end).plan, open);
  });

  it("stays for the next prompt while something is left to do, and goes with it once all is done", () => {
    assert.deepEqual(fold(start, plan(open), end, start).plan, open);
    assert.deepEqual(fold(start, plan(done), end).plan, done);
    assert.equal("plan" in fold(start, plan(done), end, start), false);
  });

  it("is none where it has no items", () => {
    assert.equal("plan" in fold(start, plan(open), plan([])), false);
  });
});
