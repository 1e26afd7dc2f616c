import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent, TurnOutcome } from "../../../src/protocol/chat-event.ts";
import type { ToolCallStatus } from "../../../src/protocol/chat-state.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";

const start = wholeTurn.slice(0, 2);
const call: readonly ChatEvent[] = [{ type: "tool-start", id: "t1", name: "run_task", title: "Run a task", at: 110 }];
const running: ChatEvent = { type: "tool-running", id: "t1", at: 120 };
const end = (state: "failed" | "cancelled", cutOff?: true): ChatEvent => {
  return { type: "tool-end", id: "t1", state, title: "Run a task", result: "r", at: 150, ...(cutOff && { cutOff }) };
};

function statusAfter(...events: readonly ChatEvent[]): ToolCallStatus {
  const { current, past } = fold([...start, ...call, ...events]);
  const part = (current ?? past.at(-1))?.parts.find(({ kind }) => kind === "tool");
  return part?.kind === "tool" ? part.call.status : assert.fail("there is no call");
}

function ended(outcome: TurnOutcome): ChatEvent {
  return { type: "turn-end", outcome, at: 200 };
}

describe("reduceChat, a call that did not come to its end", () => {
  it("is told apart by whether it had begun when the user stopped it", () => {
    assert.deepEqual(statusAfter(end("cancelled")), {
      kind: "cancelled",
      result: "r",
      durationMs: 0,
      notStarted: true,
    });
    assert.deepEqual(statusAfter(running, end("cancelled")), { kind: "cancelled", result: "r", durationMs: 30 });
  });

  it("was cut off where the output limit cut its message", () => {
    const status = { kind: "failed", result: "r", durationMs: 0, notStarted: true, cutOff: true };
    assert.deepEqual(statusAfter(end("failed", true)), status);
    assert.deepEqual(statusAfter(end("failed")), { kind: "failed", result: "r", durationMs: 0 });
  });

  it("may run on where the process ended while it ran, and nowhere else", () => {
    const cancelled = { kind: "cancelled", result: "", durationMs: 0 };
    assert.deepEqual(statusAfter(running, ended({ kind: "interrupted" })), { ...cancelled, interrupted: true });
    assert.deepEqual(statusAfter(running, ended({ kind: "cancelled" })), cancelled);
    assert.deepEqual(statusAfter(ended({ kind: "interrupted" })), { ...cancelled, notStarted: true });
  });
});
