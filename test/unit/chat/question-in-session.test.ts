import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { parseRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createAskUser } from "../../../src/tools/ask-user.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock } from "../../support/scripted-model.ts";
import { testGate } from "../../support/test-policy.ts";

const input = { question: "Which?", options: [{ label: "A" }, { label: "B" }] };

/** A turn that has come to its question, and what is wanted of a policy whose clock the test sets. */
async function asking() {
  const clock = { ms: 0 };
  const model = new ScriptedModel(
    [...toolBlock(0, "t1", "ask_user", JSON.stringify(input)), messageStop("tool_use")],
    [...toolBlock(0, "t2", "ask_user", JSON.stringify(input)), messageStop("tool_use")],
    [...textBlock(0, "Fine."), messageStop("end_turn")],
  );
  const { session, stored } = createSession(model, {
    tools: () => [createAskUser(session.talk)],
    createGate: (ask) => testGate({ ask, now: () => clock.ms, limits: { wallClockMs: 60_000 }, folders: ["/w"] }),
  });
  const nextId = (): Promise<string> =>
    new Promise((resolve) => {
      const stop = session.subscribe((event) => {
        if (event.type !== "question") return;
        stop();
        resolve(event.id);
      });
    });
  const first = nextId();
  const turn = session.send({ text: "Do it", attachments: [] });
  return { session, stored, model, clock, turn, nextId, id: await first };
}

describe("a question in a session", () => {
  it("is shown while it waits, and its answer is the call's result", async () => {
    const { session, model, turn, nextId, id } = await asking();
    assert.deepEqual(session.chat.current?.questions, [
      { id, text: "Which?", options: [{ label: "A" }, { label: "B" }], multiple: false },
    ]);
    const second = nextId();
    session.talk.answer(id, { kind: "answer", chosen: [1], text: "" });
    session.talk.answer(await second, { kind: "skip" });
    assert.deepEqual(await turn, { kind: "completed" });
    assert.equal(session.chat.past.at(-1)?.questions, undefined);
    assert.deepEqual(model.requests[1]?.messages?.at(-1)?.content, [
      { toolResult: { toolUseId: "t1", status: "success", content: [{ text: "The user chose: B" }] } },
    ]);
  });

  it("has no time limit and stops the turn's clock: whoever thinks for hours does not pause it", async () => {
    const { session, turn, nextId, id, clock } = await asking();
    clock.ms += 5 * 3_600_000;
    // Node turns a time limit that is too long into one of a millisecond, which this timer is behind.
    await delay(2);
    assert.equal(session.chat.current?.questions?.length, 1);
    const second = nextId();
    session.talk.answer(id, { kind: "answer", chosen: [], text: "later" });
    clock.ms += 5 * 3_600_000;
    session.talk.answer(await second, { kind: "skip" });
    assert.deepEqual(await turn, { kind: "completed" });
  });

  it("goes with Stop, and the call is cancelled", async () => {
    const { session, turn, id } = await asking();
    session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.equal(session.talk.answer(id, { kind: "skip" }), false);
    const [part] = session.chat.past.at(-1)?.parts ?? [];
    assert.equal(part?.kind === "tool" && part.call.status.kind, "cancelled");
    assert.equal(session.chat.past.at(-1)?.questions, undefined);
  });

  it("is read back from the journal, and waits no longer where its process ended", async () => {
    const { session, stored, turn } = await asking();
    const kept: readonly ChatEvent[] = stored.events.flatMap((event) => {
      const record = parseRecord(serializeRecord({ event }));
      return "event" in record ? [record.event] : [];
    });
    assert.deepEqual(kept, stored.events);
    const restored = restoreSession({ sessionId: "s1", events: kept, messages: [] }, 0);
    assert.equal(restored.chat.past.at(-1)?.questions, undefined);
    session.stop();
    await turn;
  });
});
