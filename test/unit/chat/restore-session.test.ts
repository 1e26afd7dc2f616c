import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { newSession, restoreSession } from "../../../src/chat/restore-session.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";
import { createSession } from "../../support/create-session.ts";
import { ScriptedModel } from "../../support/scripted-model.ts";

const messages: readonly Message[] = [{ role: "user", content: [{ text: "Do the tests pass?" }] }];

describe("restoreSession", () => {
  it("gives a finished conversation back as it was", () => {
    assert.deepEqual(restoreSession({ sessionId: "session-1", events: wholeTurn, messages }, 5_000), {
      chat: fold(wholeTurn),
      messages,
      repairs: [],
      waiting: [],
    });
  });

  it("marks a turn that was running as interrupted when it was last heard of, with every call closed", () => {
    const events = wholeTurn.slice(0, wholeTurn.findIndex(({ type }) => type === "tool-awaiting-approval") + 1);
    const end = { type: "turn-end", outcome: { kind: "interrupted" }, at: 671 } as const;
    const start = restoreSession({ sessionId: "session-1", events, messages }, 5_000);
    assert.deepEqual(start, { chat: fold([...events, end]), messages, repairs: [end], waiting: ["call-2"] });
    const [turn] = start.chat.past;
    assert.deepEqual(turn?.phase, { kind: "ended", outcome: { kind: "interrupted" }, durationMs: 571 });
    assert.deepEqual(
      turn?.parts.flatMap((part) => (part.kind === "tool" ? part.call.status.kind : [])),
      ["cancelled", "cancelled"],
    );
  });

  it("counts a turn that ended in the middle of its text up to the last words that are kept", () => {
    const text = { type: "text-delta", block: 0, text: "Half an ans", since: 200, at: 9_100 } as const;
    const { chat } = restoreSession({ sessionId: "s", events: [...wholeTurn.slice(0, 2), text], messages }, 50_000);
    assert.deepEqual(chat.past[0]?.phase, { kind: "ended", outcome: { kind: "interrupted" }, durationMs: 9_000 });
  });

  it("runs nothing by itself: the session waits, and its store learns of the interruption", () => {
    const events = wholeTurn.slice(0, 3);
    const model = new ScriptedModel();
    const start = restoreSession({ sessionId: "session-1", events, messages }, 5_000);
    const { session, stored } = createSession(model, { start });
    assert.equal(session.isRunning, false);
    assert.deepEqual(stored, { events: start.repairs, messages: [] });
    assert.deepEqual(model.requests, []);
  });
});

describe("newSession", () => {
  it("is empty", () => {
    assert.deepEqual(newSession("s"), {
      chat: emptyChat("s"),
      messages: [],
      repairs: [],
      waiting: [],
    });
  });
});
