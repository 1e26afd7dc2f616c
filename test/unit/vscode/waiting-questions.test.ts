import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { countWaiting, waitingQuestions } from "../../../src/vscode/waiting-questions.ts";

const text = "[Which?](command:workbench.action.quit)";
const events: readonly ChatEvent[] = [
  { type: "turn-start", turnId: "t", prompt: "go", attachments: [], connection: { kind: "demo" }, at: 0 },
  { type: "question", id: "q1", question: { text, options: [], multiple: false }, at: 1 },
];

describe("what waits for the user outside the panel", () => {
  it("names a question without the model's words, which a notification would make links of", () => {
    const waiting = waitingQuestions(events.reduce(reduceChat, emptyChat("s")));
    assert.deepEqual(waiting, [{ id: "q1", title: "The model has a question for you." }]);
  });

  it("counts approvals and questions", () => {
    assert.deepEqual(
      [countWaiting(1, 0), countWaiting(2, 0), countWaiting(0, 1), countWaiting(1, 2)],
      ["1 approval", "2 approvals", "1 question", "3 approvals and questions"],
    );
  });
});
