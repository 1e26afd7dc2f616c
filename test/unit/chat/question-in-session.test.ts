import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { ChatSession } from "../../../src/chat/chat-session.ts";
import { parseRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import { openCalls } from "../../../src/chat/open-calls.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createAskUser } from "../../../src/tools/ask-user.ts";
import { createSession } from "../../support/create-session.ts";
import { answeringTool } from "../../support/fake-tool.ts";
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

/** A chat whose window closed while the question waited. */
async function reopened() {
  const { session: first, stored, id: before } = await asking();
  first.suspend();
  await first.settled();
  assert.equal(first.talk.answer(before, { kind: "skip" }), false);
  const model = new ScriptedModel([...textBlock(0, "Fine."), messageStop("end_turn")]);
  const start = restoreSession({ sessionId: "s1", ...stored }, 0);
  const { session } = createSession(model, { start, tools: () => [createAskUser(session.talk)] });
  const again = questionOf(session);
  return { session, model, turn: session.askAgain(), id: await again };
}

const questionOf = (session: ChatSession): Promise<string> =>
  new Promise((resolve) => {
    session.subscribe((event) => event.type === "question" && resolve(event.id));
  });

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

  it("is read back from the journal, and waits no longer by itself where its process ended", async () => {
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

  it("is asked again where its window closed, and the model gets the answer of then", async () => {
    const { session, model, turn, id } = await reopened();
    assert.equal(session.chat.current?.questions?.[0]?.text, "Which?");
    assert.equal(model.requests.length, 0);
    session.talk.answer(id, { kind: "answer", chosen: [0], text: "" });
    assert.deepEqual(await turn, { kind: "completed" });
    const results = model.requests[0]?.messages
      ?.at(-1)
      ?.content?.map(({ toolResult }) => toolResult?.content?.[0]?.text);
    assert.deepEqual(results, ["The user chose: A"]);
  });

  it("has no answer where another prompt is sent instead, and the model is asked once", async () => {
    const { session, model, turn } = await reopened();
    assert.deepEqual(await session.send({ text: "something else", attachments: [] }), { kind: "completed" });
    assert.deepEqual(await turn, { kind: "interrupted" });
    assert.equal(model.requests.length, 1);
    assert.match(JSON.stringify(model.requests[0]?.messages), /The user skipped the question/);
  });

  it("is asked again where its process was killed, but not what beside it may have had an effect", () => {
    const uses = ["ask", "act"].map((name) => ({ toolUse: { toolUseId: name, name, input: {} } }));
    const events: readonly ChatEvent[] = [
      { type: "turn-start", turnId: "t", prompt: "go", attachments: [], connection: { kind: "demo" }, at: 1 },
      { type: "step-start", step: 1, attempt: 1, at: 2 },
      ...uses.map(({ toolUse: { name } }): ChatEvent => ({ type: "tool-start", id: name, name, title: name, at: 3 })),
      { type: "step-end", stopReason: "tool_use", usage: null, at: 4 },
      ...uses.map(({ toolUse: { name } }): ChatEvent => ({ type: "tool-running", id: name, at: 5 })),
      { type: "question", id: "q", question: { text: "Which?", options: [], multiple: false }, at: 6 },
    ];
    const messages = [{ role: "assistant" as const, content: uses }];
    const { chat, waiting } = restoreSession({ sessionId: "s1", events, messages }, 9);
    const tools = [answeringTool("ask", ""), { ...answeringTool("act", ""), effect: "execute" as const }];
    const kinds = openCalls(chat.past[0], messages, { waiting, tools }).map(({ kind }) => kind);
    assert.deepEqual(kinds, ["open", "answered"]);
    const answered: readonly ChatEvent[] = [...events, { type: "question-end", id: "q", at: 7 }];
    assert.deepEqual(restoreSession({ sessionId: "s1", events: answered, messages }, 9).waiting, []);
  });
});
