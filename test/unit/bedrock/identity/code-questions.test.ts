import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CodeQuestions } from "../../../../src/bedrock/identity/code-questions.ts";

/** A box that stays open until it is closed or answered. */
function scene() {
  const boxes: { readonly signal: AbortSignal; readonly answer: (code: string | undefined) => void }[] = [];
  const questions = new CodeQuestions((_serial, signal) => {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    boxes.push({ signal, answer: resolve });
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
    return promise;
  });
  return { boxes, questions };
}

describe("CodeQuestions", () => {
  it("ends a question with the last who waits for it", async () => {
    const { questions, boxes } = scene();
    const [one, other, third] = [new AbortController(), new AbortController(), new AbortController()];
    questions.wait("a", one.signal);
    const leave = questions.wait("a", other.signal);
    questions.wait("b", third.signal);
    const asked = questions.ask("a", "serial");
    assert.equal(questions.isOpen("a"), true);
    third.abort();
    one.abort();
    assert.equal(boxes[0]?.signal.aborted, false);
    other.abort();
    assert.equal(boxes[0]?.signal.aborted, true);
    assert.equal(await asked, undefined);
    assert.equal(questions.isOpen("a"), false);
    leave();
  });

  it("leaves it to the user where nobody says that they wait, and where they went without a word", async () => {
    const { questions, boxes } = scene();
    const one = new AbortController();
    questions.wait("a", one.signal)();
    const asked = questions.ask("a", "serial");
    one.abort();
    assert.equal(boxes[0]?.signal.aborted, false);
    boxes[0]?.answer("123456");
    assert.equal(await asked, "123456");
  });

  it("is not begun for those who have gone, and is again for whoever comes next", async () => {
    const { questions, boxes } = scene();
    const one = new AbortController();
    questions.wait("a", one.signal);
    one.abort();
    assert.equal(await questions.ask("a", "serial"), undefined);
    assert.equal(boxes.length, 0);
    questions.want("a");
    const asked = questions.ask("a", "serial");
    boxes[0]?.answer("123456");
    assert.equal(await asked, "123456");
  });
});
