import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boundedText } from "../../../../src/policy/redaction/bounded-text.ts";

describe("boundedText", () => {
  it("leaves four million characters as they are", () => {
    const text = "x".repeat(4_000_000);
    assert.equal(boundedText(text), text);
  });

  it("keeps beginning and end of more, cut between words, and says how much is missing", () => {
    const text = `begin ${"secret-word ".repeat(500_000)}end`;
    const bounded = boundedText(text);
    const [head = "", note = "", tail = ""] = bounded.split("\n");
    assert.ok(head.startsWith("begin ") && head.endsWith(" secret-word") && tail.startsWith(" secret-word "));
    assert.ok(tail.endsWith(" end") && bounded.length <= 4_000_100);
    const left = text.length - head.length - tail.length;
    assert.equal(note, `… (${left.toLocaleString("en")} characters: more than is kept of a result) …`);
  });

  it("cuts a text without a blank all the same", () => {
    assert.ok(boundedText("x".repeat(9_000_000)).length <= 4_000_100);
  });
});
