import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SessionTalk } from "../../../src/chat/session-talk.ts";
import type { Question, QuestionAnswer } from "../../../src/protocol/question.ts";
import { EventRecorder } from "../../support/event-recorder.ts";

const question: Question = { text: "Which?", options: [{ label: "A" }, { label: "B" }], multiple: false };
const skip: QuestionAnswer = { kind: "skip" };
const choice = (...chosen: readonly number[]): QuestionAnswer => ({ kind: "answer", chosen, text: "" });

function open(asked = question) {
  const recorder = new EventRecorder();
  const talk = new SessionTalk(
    recorder.emit,
    () => 9,
    () => undefined,
  );
  const controller = new AbortController();
  const answer = talk.ask(asked, controller.signal);
  const [event] = recorder.events;
  assert.ok(event?.type === "question");
  return { talk, recorder, controller, answer, id: event.id };
}

describe("SessionTalk", () => {
  it("shows a question until it is answered", async () => {
    const { talk, recorder, answer, id } = open();
    assert.deepEqual(recorder.events, [{ type: "question", id, question, at: 9 }]);
    assert.equal(talk.answer(id, choice(1)), true);
    assert.deepEqual(await answer, choice(1));
    assert.deepEqual(recorder.events.at(-1), { type: "question-end", id, at: 9 });
    assert.equal(talk.answer(id, choice(0)), false);
  });

  it("takes no answer to another question, and none that does not fit", async () => {
    const { talk, answer, id } = open();
    const misfits = [choice(2), choice(0, 1), choice(), { kind: "answer", chosen: [], text: "  " } as const];
    assert.deepEqual(
      misfits.map((misfit) => talk.answer(id, misfit)),
      [false, false, false, false],
    );
    assert.equal(talk.answer("other", choice(0)), false);
    assert.equal(talk.answer(id, { kind: "answer", chosen: [], text: "neither" }), true);
    assert.deepEqual(await answer, { kind: "answer", chosen: [], text: "neither" });
  });

  it("takes several options where several may be chosen, each once", async () => {
    const { talk, answer, id } = open({ ...question, multiple: true });
    assert.equal(talk.answer(id, choice(0, 0)), false);
    assert.equal(talk.answer(id, choice(0, 1)), true);
    assert.deepEqual(await answer, choice(0, 1));
  });

  it("keeps two open questions apart, and takes a skip", async () => {
    const { talk, recorder, answer, id } = open();
    const other = talk.ask({ ...question, text: "And?" }, new AbortController().signal);
    const second = recorder.events.at(-1);
    assert.ok(second?.type === "question");
    assert.equal(talk.answer(second.id, skip), true);
    assert.deepEqual(await other, skip);
    assert.equal(talk.answer(id, choice(0)), true);
    assert.deepEqual(await answer, choice(0));
  });

  it("gives up with the signal's reason, takes no answer after that and says that it is over", async () => {
    const { talk, recorder, controller, answer, id } = open();
    controller.abort(new Error("stopped"));
    await assert.rejects(answer, /stopped/);
    assert.equal(talk.answer(id, choice(0)), false);
    assert.deepEqual(recorder.events.at(-1), { type: "question-end", id, at: 9 });
  });
});
