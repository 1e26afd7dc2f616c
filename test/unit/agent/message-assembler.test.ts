import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlockDelta, ReasoningContentBlockDelta } from "@aws-sdk/client-bedrock-runtime";
import { MessageAssembler } from "../../../src/agent/message-assembler.ts";

function newAssembler(): MessageAssembler {
  return new MessageAssembler((toolUseId) => `${toolUseId}/unique`);
}

const text = (value: string): ContentBlockDelta => ({ text: value });
const toolInput = (input: string): ContentBlockDelta => ({ toolUse: { input } });
const reasoning = (delta: ReasoningContentBlockDelta): ContentBlockDelta => ({ reasoningContent: delta });
const toolUse = (toolUseId: string, name = "look") => ({ toolUse: { toolUseId, name } });

describe("MessageAssembler, text", () => {
  it("B2.16 opens a text block at its first delta, as Bedrock sends no start for one", () => {
    const assembler = newAssembler();
    assert.deepEqual(assembler.delta(0, text("Hel")), [{ kind: "text", block: 0, text: "Hel" }]);
    assert.deepEqual(assembler.delta(0, text("lo")), [{ kind: "text", block: 0, text: "lo" }]);
    assembler.stop(0);
    assert.deepEqual(assembler.finish(), { content: [{ text: "Hello" }], toolUses: [] });
  });

  it("B2.17 makes one block of an empty or unknown start and the deltas that follow", () => {
    const assembler = newAssembler();
    assert.equal(assembler.start(0, undefined), undefined);
    assembler.delta(0, text("a"));
    assert.equal(assembler.start(1, { $unknown: ["reasoningContent", {}] }), undefined);
    assembler.delta(1, reasoning({ text: "b" }));
    assert.deepEqual(assembler.finish().content, [
      { text: "a" },
      { reasoningContent: { reasoningText: { text: "b" } } },
    ]);
  });

  it("shows nothing for an empty delta and leaves blank text out of the message", () => {
    const assembler = newAssembler();
    assert.deepEqual(assembler.delta(0, text("")), []);
    assembler.delta(1, text(" \n"));
    assembler.delta(2, text("x"));
    assert.deepEqual(assembler.finish().content, [{ text: "x" }]);
  });

  it("puts blocks in the order of their index, whatever order they came in", () => {
    const assembler = newAssembler();
    assembler.delta(2, text("third"));
    assembler.delta(0, text("first"));
    assembler.delta(1, text("second"));
    assert.deepEqual(assembler.finish().content, [{ text: "first" }, { text: "second" }, { text: "third" }]);
  });

  it("B2.37 drops deltas after the block's stop", () => {
    const assembler = newAssembler();
    assembler.delta(0, text("a"));
    assembler.stop(0);
    assembler.stop(0);
    assert.deepEqual(assembler.delta(0, text("b")), []);
    assert.deepEqual(assembler.finish().content, [{ text: "a" }]);
  });

  it("B2.30 ignores deltas of a kind that it does not know", () => {
    const assembler = newAssembler();
    assembler.delta(0, text("a"));
    const strange: readonly (ContentBlockDelta | undefined)[] = [
      undefined,
      { $unknown: ["futureDelta", {}] },
      { citation: { title: "t" } },
      { toolResult: [{ text: "r" }] },
    ];
    for (const delta of strange) assert.deepEqual(assembler.delta(0, delta), []);
    assert.deepEqual(assembler.finish().content, [{ text: "a" }]);
  });

  it("B2.32 takes a missing index for the open block, and for a new one after its stop", () => {
    const assembler = newAssembler();
    assembler.delta(undefined, reasoning({ text: "think" }));
    assembler.delta(undefined, reasoning({ signature: "s" }));
    assembler.stop(undefined);
    assembler.delta(undefined, text("say"));
    assembler.stop(undefined);
    assembler.start(undefined, toolUse("t1"));
    assembler.delta(undefined, toolInput("{}"));
    assembler.start(undefined, toolUse("t2"));
    assert.deepEqual(assembler.finish().content, [
      { reasoningContent: { reasoningText: { text: "think", signature: "s" } } },
      { text: "say" },
      { toolUse: { toolUseId: "t1", name: "look", input: {} } },
      { toolUse: { toolUseId: "t2", name: "look", input: {} } },
    ]);
  });

  it("B5.80 keeps only the text of a message that broke off", () => {
    const assembler = newAssembler();
    assembler.delta(0, reasoning({ text: "hm" }));
    assembler.delta(0, reasoning({ signature: "s" }));
    assembler.delta(1, text("So far"));
    assembler.start(2, toolUse("t1"));
    assembler.delta(2, toolInput('{"a":'));
    assembler.delta(3, text("  "));
    assert.deepEqual(assembler.finishedText(), [{ text: "So far" }]);
  });
});

describe("MessageAssembler, reasoning", () => {
  it("B2.25 keeps reasoning and signature byte for byte in one block", () => {
    const assembler = newAssembler();
    const shown = ["  Let me\n", "", " think… 😀 \n"].map((part) => assembler.delta(0, reasoning({ text: part })));
    assert.deepEqual(shown, [
      [{ kind: "reasoning", block: 0, text: "  Let me\n" }],
      [],
      [{ kind: "reasoning", block: 0, text: " think… 😀 \n" }],
    ]);
    assert.deepEqual(assembler.delta(0, reasoning({ signature: "EqQB" })), []);
    assembler.delta(0, reasoning({ signature: "Ck==" }));
    assert.deepEqual(assembler.finish().content, [
      { reasoningContent: { reasoningText: { text: "  Let me\n think… 😀 \n", signature: "EqQBCk==" } } },
    ]);
  });

  it("B2.26 keeps a block that has a signature and no text", () => {
    const assembler = newAssembler();
    assembler.delta(0, reasoning({ signature: "sig" }));
    assert.deepEqual(assembler.finish().content, [
      { reasoningContent: { reasoningText: { text: "", signature: "sig" } } },
    ]);
  });

  it("B2.28 leaves out a block that has neither", () => {
    const assembler = newAssembler();
    assembler.delta(0, reasoning({ text: "" }));
    assert.deepEqual(assembler.finish().content, []);
  });

  it("leaves blank text where it is beside signed reasoning, as such a message comes back block for block", () => {
    const assembler = newAssembler();
    assembler.delta(0, reasoning({ text: "t" }));
    assembler.delta(0, reasoning({ signature: "s" }));
    assembler.delta(1, text("\n\n"));
    assembler.start(2, toolUse("t1"));
    assert.deepEqual(assembler.finish().content, [
      { reasoningContent: { reasoningText: { text: "t", signature: "s" } } },
      { text: "\n\n" },
      { toolUse: { toolUseId: "t1", name: "look", input: {} } },
    ]);
  });

  it("B2.27 joins redacted bytes", () => {
    const assembler = newAssembler();
    assembler.delta(0, reasoning({ redactedContent: new Uint8Array([1, 2]) }));
    assembler.delta(0, reasoning({ redactedContent: new Uint8Array([255, 0]) }));
    assert.deepEqual(assembler.finish().content, [
      { reasoningContent: { redactedContent: new Uint8Array([1, 2, 255, 0]) } },
    ]);
  });
});
