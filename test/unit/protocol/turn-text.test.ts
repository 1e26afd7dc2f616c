import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { turnText } from "../../../src/protocol/turn-text.ts";

const call = {
  id: "c1",
  name: "read_file",
  title: "Read a.ts",
  input: "{}",
  output: "",
  status: { kind: "succeeded", result: "secret", durationMs: 1 },
} as const;

describe("a turn as text", () => {
  it("UX96 has the prompt, a line for each step and the words, and leaves out what the model thought", () => {
    const text = turnText({
      prompt: "go",
      parts: [
        { kind: "reasoning", step: 1, block: 0, text: "Hm.", startedAt: 0, updatedAt: 1 },
        { kind: "text", step: 1, block: 1, text: "I look.\n" },
        { kind: "tool", step: 1, call },
        { kind: "text", step: 2, block: 0, text: "**Done.**\n\n```ts\nx\n```" },
      ],
    });
    assert.equal(text, "You: go\n\nOutcrop:\n\nI look.\n\n[Read a.ts]\n\n**Done.**\n\n```ts\nx\n```");
  });
});
