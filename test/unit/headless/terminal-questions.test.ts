import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readAnswer, TerminalQuestions } from "../../../src/headless/terminal-questions.ts";
import type { Question } from "../../../src/protocol/question.ts";

const question: Question = { text: "Which?", options: [{ label: "A" }, { label: "B" }], multiple: false };
const several = { ...question, multiple: true };

describe("questions on a terminal", () => {
  it("are an error where there is no terminal: nobody is there to answer", async () => {
    const piped = Object.assign(Object.create(process.stdin), { isTTY: false });
    const asked = new TerminalQuestions(piped).ask(question, new AbortController().signal);
    await assert.rejects(asked, { name: "ToolError", message: /^No person is here to answer\./ });
  });

  it("take numbers for options, other words for the answer and nothing for a skip", () => {
    assert.deepEqual(
      [
        readAnswer(question, "2"),
        readAnswer(several, " 2, 1 2"),
        readAnswer(question, "1 2"),
        readAnswer(question, ""),
      ],
      [
        { kind: "answer", chosen: [1], text: "" },
        { kind: "answer", chosen: [1, 0], text: "" },
        { kind: "answer", chosen: [], text: "1 2" },
        { kind: "skip" },
      ],
    );
    assert.deepEqual(readAnswer(question, "3"), { kind: "answer", chosen: [], text: "3" });
    assert.deepEqual(readAnswer(question, "neither"), { kind: "answer", chosen: [], text: "neither" });
  });
});
