import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent, TurnOutcome } from "../../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../../../src/protocol/chat-state.ts";
import { describeEnd, describeSessions, nameOf } from "../../../../src/vscode/sessions/describe-sessions.ts";

const demo = { kind: "demo" } as const;
const start: ChatEvent = {
  type: "turn-start",
  turnId: "1",
  prompt: "Fix  the\nbug",
  attachments: [],
  connection: demo,
  at: 0,
};
const request = {
  ...{ id: "t1", digest: "d", title: "Run task “test”?", details: [], reason: "", tier: 1 as const },
  ...{ labels: [], warnings: [], offers: [] },
};
const asking: readonly ChatEvent[] = [
  start,
  { type: "tool-start", id: "t1", name: "run_task", title: "Running", at: 1 },
  { type: "tool-awaiting-approval", id: "t1", request, at: 2 },
];
const chat = (id: string, ...events: readonly ChatEvent[]): ChatState => events.reduce(reduceChat, emptyChat(id));
const ended = (outcome: TurnOutcome): ChatState => chat("a", start, { type: "turn-end", outcome, at: 9 });

describe("what the view says of all sessions", () => {
  it("UX9 counts what runs, and another badge that stays counts what waits", () => {
    const badge = (...chats: readonly ChatState[]) => describeSessions(chats).badge;
    assert.deepEqual(badge(chat("a")), { value: 0, tooltip: "0 chats running" });
    assert.deepEqual(badge(chat("a", start)), { value: 1, tooltip: "1 chat running" });
    assert.deepEqual(badge(chat("a", start), chat("b", start)), { value: 2, tooltip: "2 chats running" });
    assert.deepEqual(badge(chat("a", start), chat("b", ...asking)), { value: 1, tooltip: "1 approval pending" });
  });

  it("names the session in which something waits", () => {
    const { waiting, count } = describeSessions([chat("a", start), chat("b", ...asking)]);
    assert.deepEqual(waiting, [{ id: "t1", title: "Run task “test”?", sessionId: "b" }]);
    assert.equal(count, "1 approval");
  });

  it("tells how a hidden session has ended, and nothing where the user or the window ended it", () => {
    assert.equal(describeEnd(ended({ kind: "completed" })), "The chat “Fix the bug” has finished.");
    assert.equal(
      describeEnd(ended({ kind: "step-limit", steps: 3 })),
      "The chat “Fix the bug” has stopped and waits for you.",
    );
    assert.equal(describeEnd(ended({ kind: "cancelled" })), undefined);
    assert.equal(describeEnd(ended({ kind: "interrupted" })), undefined);
  });

  it("makes no link of a title", () => {
    const named = { ...ended({ kind: "completed" }), title: "[Click](command:x)" };
    assert.equal(describeEnd(named), "The chat “[Click] (command:x)” has finished.");
    assert.equal(nameOf(emptyChat("a")), "New Chat");
  });
});
