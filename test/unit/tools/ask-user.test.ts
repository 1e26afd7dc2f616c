import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Question, QuestionAnswer } from "../../../src/protocol/question.ts";
import { createAskUser } from "../../../src/tools/ask-user.ts";
import { runTool } from "../../support/run-tool.ts";

const options = [{ label: "PostgreSQL", description: "As in production." }, { label: "SQLite" }];

async function ask(input: unknown, answer: QuestionAnswer) {
  const asked: Question[] = [];
  const tool = createAskUser({
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
  });
  return { ...(await runTool(tool, input)), asked };
}

describe("ask_user", () => {
  it("asks what it was given, and tells the option that was chosen", async () => {
    const answer: QuestionAnswer = { kind: "answer", chosen: [1], text: "" };
    const { asked, text, title, call } = await ask({ question: "Which database?", options }, answer);
    assert.deepEqual(asked, [{ text: "Which database?", options, multiple: false }]);
    assert.equal(text, "The user chose: SQLite");
    assert.equal(title, "Asked: Which database? SQLite");
    assert.deepEqual(
      [call.title, call.effect, call.targets, call.waitsForUser, call.timeoutMs],
      ["Asking: Which database?", "read", [], true, Number.POSITIVE_INFINITY],
    );
  });

  it("tells several options and the user's own words", async () => {
    const answer: QuestionAnswer = { kind: "answer", chosen: [0, 1], text: " and a cache " };
    const { text, title } = await ask({ question: "Which?", options, multiple: true }, answer);
    assert.equal(text, "The user chose: PostgreSQL; SQLite\nThe user wrote: and a cache");
    assert.equal(title, "Asked: Which? PostgreSQL, SQLite, and a cache");
  });

  it("tells the model of a skip", async () => {
    const { text, title } = await ask({ question: "Which?" }, { kind: "skip" });
    assert.match(text, /^The user skipped the question\. Go on without an answer/);
    assert.equal(title, "Asked: Which? Skipped");
  });

  it("shows the first line of a long question", async () => {
    const { title } = await ask({ question: `${"w".repeat(80)}\nmore` }, { kind: "skip" });
    assert.equal(title, `Asked: ${"w".repeat(60)}… Skipped`);
  });

  it("refuses blank questions, more than six options and two of the same label", async () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ label: `${index}` }));
    const twice = [{ label: "A" }, { label: "A" }];
    for (const input of [{ question: " " }, { question: "?", options: many }, { question: "?", options: twice }]) {
      await assert.rejects(ask(input, { kind: "skip" }), /E_SCHEMA/);
    }
  });
});
