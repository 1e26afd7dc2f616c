import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";

const begun: readonly ChatEvent[] = [
  { type: "turn-start", turnId: "t", prompt: "go", attachments: [], connection: { kind: "demo" }, at: 1 },
  { type: "step-start", step: 1, attempt: 1, at: 1 },
  { type: "tool-start", id: "c1", name: "run_command", title: "Run a command", at: 2 },
];
const running: ChatEvent = { type: "tool-running", id: "c1", at: 3 };
const lasting = (endsAt: number | null): ChatEvent => ({ type: "tool-still-running", id: "c1", endsAt, at: 4 });

function statusAfter(...events: readonly ChatEvent[]) {
  const state = [...begun, ...events].reduce(reduceChat, emptyChat("s"));
  const part = state.current?.parts.at(-1);
  return part?.kind === "tool" ? part.call.status : undefined;
}

describe("the fold of a call that runs for long", () => {
  it("holds what the user may choose while it runs, and until when", () => {
    assert.deepEqual(statusAfter(running, lasting(9)), { kind: "running", since: 3, choice: { endsAt: 9 } });
    assert.deepEqual(statusAfter(running, lasting(9), lasting(null)), {
      kind: "running",
      since: 3,
      choice: { endsAt: null },
    });
  });

  it("offers nothing for a call that does not run", () => {
    assert.deepEqual(statusAfter(lasting(9)), { kind: "streaming" });
    const end: ChatEvent = { type: "tool-end", id: "c1", state: "succeeded", title: "Ran", result: "ok", at: 10 };
    assert.deepEqual(statusAfter(running, lasting(9), end), { kind: "succeeded", result: "ok", durationMs: 7 });
    assert.deepEqual(statusAfter(running, end, lasting(9)), { kind: "succeeded", result: "ok", durationMs: 7 });
  });
});
