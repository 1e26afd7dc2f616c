import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import {
  applyCompaction,
  planSmallerSummary,
  planSummary,
  planTrim,
  toSummarise,
} from "../../../src/chat/compaction.ts";

const prompt = (text: string): Message => ({ role: "user", content: [{ text }] });
const says = (text: string): Message => ({ role: "assistant", content: [{ text }] });
const calls = (toolUseId: string): Message => ({
  role: "assistant",
  content: [{ toolUse: { toolUseId, name: "read_file", input: {} } }],
});
const result = (toolUseId: string, text: string): Message => ({
  role: "user",
  content: [{ toolResult: { toolUseId, status: "success", content: [{ text }] } }],
});
const long = `src/a.ts (lines 1-90 of 90)\n${"x".repeat(2_000)}`;

describe("compaction", () => {
  const history = [
    prompt("first"),
    calls("a"),
    result("a", long),
    says("done"),
    prompt("second"),
    calls("b"),
    result("b", long),
  ];

  it("shortens old results to a line each and leaves what the model has not seen as it is", () => {
    const before = planTrim(history, undefined);
    assert.equal(before, 6);
    const sent = applyCompaction(history, { kind: "trim", id: 1, before: 6 });
    const note = `src/a.ts (lines 1-90 of 90) [shortened: ${long.length} characters; call the tool again where they matter]`;
    assert.deepEqual(sent, [...history.slice(0, 2), result("a", note), ...history.slice(3)]);
  });

  it("takes images and documents out of old results: they go out anew with every request", () => {
    const image = { format: "png" as const, source: { bytes: new Uint8Array(9) } };
    const content = [{ text: "a.png (PNG image, 1×1, 9 bytes)" }, { image }];
    const shown: Message = { role: "user", content: [{ toolResult: { toolUseId: "a", status: "success", content } }] };
    const seen = [prompt("look"), calls("a"), shown, says("a cat")];
    assert.equal(planTrim(seen, undefined), 3);
    const sent = applyCompaction(seen, { kind: "trim", id: 1, before: 3 });
    const note = "a.png (PNG image, 1×1, 9 bytes) [no longer shown; call the tool again where they matter]";
    assert.deepEqual(sent[2], result("a", note));
  });

  it("has nothing to shorten where results are short, and never shortens twice", () => {
    assert.equal(planTrim([prompt("x"), calls("a"), result("a", "short"), says("y")], undefined), undefined);
    assert.equal(planTrim(history, { kind: "trim", id: 1, before: 6 }), undefined);
  });

  it("B6.112 summarises up to the last prompt, so that pairs stay together and work in progress word for word", () => {
    const before = planSummary(history, undefined);
    assert.equal(before, 4);
    const sent = applyCompaction(history, { kind: "summary", id: 1, before: 4, text: "They read a.ts." });
    assert.deepEqual(sent, [prompt("Summary of the conversation so far:\n\nThey read a.ts."), ...history.slice(4)]);
  });

  it("B6.112 cuts a turn that is too long by itself between two exchanges, never inside one", () => {
    const turn = [
      prompt("go"),
      calls("a"),
      result("a", long),
      calls("b"),
      result("b", long),
      calls("c"),
      result("c", long),
    ];
    const before = planSummary(turn, undefined) ?? 0;
    assert.equal(before, 3);
    assert.deepEqual(applyCompaction(turn, { kind: "summary", id: 1, before, text: "s" }).slice(1), turn.slice(3));
  });

  it("has nothing to summarise in a conversation of one exchange, or behind its last summary", () => {
    assert.equal(planSummary([prompt("go"), calls("a"), result("a", long)], undefined), undefined);
    assert.equal(planSummary(history, { kind: "summary", id: 1, before: 4, text: "s" }), undefined);
  });

  it("B6.112 summarises half as much where that is too much, and never parts a call from its result", () => {
    assert.equal(planSmallerSummary(history, 6, undefined), 3);
    assert.equal(planSmallerSummary(history, 4, undefined), 1);
    assert.equal(planSmallerSummary(history, 1, undefined), undefined);
    assert.equal(planSmallerSummary(history, 6, { kind: "summary", id: 1, before: 3, text: "s" }), 4);
    assert.equal(planSmallerSummary(history, 4, { kind: "summary", id: 1, before: 3, text: "s" }), undefined);
  });

  it("asks for the summary behind the messages that it replaces, their results short", () => {
    const asked = toSummarise(history, 4, undefined);
    assert.deepEqual(asked.slice(0, 2), history.slice(0, 2));
    assert.match(asked[2]?.content?.[0]?.toolResult?.content?.[0]?.text ?? "", /\[shortened: /);
    assert.equal(asked.at(-1)?.role, "user");
    assert.equal(asked.length, 5);
  });

  it("summarises the summary before, not what it had replaced", () => {
    const longer = [...history, says("done"), prompt("third")];
    const asked = toSummarise(longer, 8, { kind: "summary", id: 1, before: 4, text: "earlier" });
    assert.deepEqual(asked[0], prompt("Summary of the conversation so far:\n\nearlier"));
    assert.equal(asked.length, 1 + 4 + 1);
  });
});
