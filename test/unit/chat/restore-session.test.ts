import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { newSession, restoreSession } from "../../../src/chat/restore-session.ts";
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
    });
  });

  it("marks a turn that was running as interrupted, with every call closed", () => {
    const events = wholeTurn.slice(0, wholeTurn.findIndex(({ type }) => type === "tool-awaiting-approval") + 1);
    const end = { type: "turn-end", outcome: { kind: "interrupted" }, at: 5_000 } as const;
    const start = restoreSession({ sessionId: "session-1", events, messages }, 5_000);
    assert.deepEqual(start, { chat: fold([...events, end]), messages, repairs: [end] });
    const [turn] = start.chat.past;
    assert.deepEqual(turn?.phase, { kind: "ended", outcome: { kind: "interrupted" }, durationMs: 4_900 });
    assert.deepEqual(
      turn?.parts.flatMap((part) => (part.kind === "tool" ? part.call.status.kind : [])),
      ["cancelled", "cancelled"],
    );
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
      chat: { sessionId: "s", past: [], current: null, compactions: [] },
      messages: [],
      repairs: [],
    });
  });
});
