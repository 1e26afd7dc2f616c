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

describe("MessageAssembler, what is odd", () => {
  it("B2.30, B2.31 tells of all that it passes over", () => {
    const odd: string[] = [];
    const onOddity = (what: string, name?: string) => void odd.push(name === undefined ? what : `${what}: ${name}`);
    const assembler = new MessageAssembler((id) => id, { onOddity });
    assembler.start(0, { $unknown: ["scent", {}] });
    assembler.delta(0, { $unknown: ["gesture", {}] });
    assembler.delta(0, reasoning({ $unknown: ["feeling", {}] }));
    assembler.delta(0, toolInput("{}"));
    assembler.delta(0, text("a"));
    assembler.delta(0, toolInput("{}"));
    assembler.delta(0, reasoning({ text: "b" }));
    assembler.delta(0, reasoning({ redactedContent: new Uint8Array([1]) }));
    assembler.stop(0);
    assembler.stop(0);
    assembler.delta(0, text("c"));
    assembler.start(1, toolUse("t1"));
    assembler.start(1, toolUse("t2"));
    assembler.start(2, { toolUse: { toolUseId: "t3", name: undefined } });
    assembler.delta(1, text("d"));
    assembler.stop(undefined);
    assert.deepEqual(odd, [
      "unknown block start: scent",
      "unknown delta: gesture",
      "unknown reasoning delta: feeling",
      "tool input without a tool call",
      "tool input without a tool call",
      "reasoning in a block of another kind",
      "redacted reasoning in a block of another kind",
      "a second end of a block",
      "a delta behind its block's end",
      "a second start of a block",
      "a tool call without id or name",
      "text in a block of another kind",
      "no contentBlockIndex",
    ]);
  });

  it("takes what is no text for none, as the SDK does not check", () => {
    const assembler = newAssembler();
    const five: { text: string } = JSON.parse('{"text":5}');
    assert.deepEqual(assembler.delta(0, five), []);
    assembler.delta(1, reasoning(five));
    assembler.start(2, toolUse("t1"));
    assembler.delta(2, { toolUse: JSON.parse('{"input":{"a":1}}') });
    assert.deepEqual(assembler.finish().content, [{ toolUse: { toolUseId: "t1", name: "look", input: {} } }]);
  });
});

describe("MessageAssembler, thinking in text", () => {
  const thinking = (): MessageAssembler => new MessageAssembler((id) => id, { thinksInText: true });

  it("B2.39 shows it as reasoning in stretches of their own, and keeps only what was said", () => {
    const assembler = thinking();
    const deltas = ["<think", "ing>One", ".</thinking>\n\nSaid.\n<thin", "king>Two.</thinking>Done", "."];
    assert.deepEqual(
      deltas.map((delta) => assembler.delta(0, text(delta))),
      [
        [],
        [{ kind: "reasoning", block: 0, text: "One" }],
        [
          { kind: "reasoning", block: 0, text: "." },
          { kind: "text", block: 1, text: "Said.\n" },
        ],
        [
          { kind: "reasoning", block: 2, text: "Two." },
          { kind: "text", block: 3, text: "Done" },
        ],
        [{ kind: "text", block: 3, text: "." }],
      ],
    );
    assert.deepEqual(assembler.stop(0), []);
    assert.deepEqual(assembler.finish().content, [{ text: "Said.\nDone." }]);
  });

  it("B2.39 a message that only thinks and calls is a message with that call", () => {
    const assembler = thinking();
    assembler.delta(0, text("<thinking>I look.</thinking>\n"));
    assembler.stop(0);
    assembler.start(1, toolUse("t1"));
    assert.deepEqual(assembler.finish().content, [{ toolUse: { toolUseId: "t1", name: "look", input: {} } }]);
    assert.deepEqual(assembler.finishedText(), []);
  });

  it("B2.39 gives out what it held back when the block ends, or the stream", () => {
    const closed = thinking();
    assert.deepEqual(closed.delta(0, text("a\n<think")), [{ kind: "text", block: 0, text: "a\n" }]);
    assert.deepEqual(closed.finishedText(), [{ text: "a\n" }]);
    assert.deepEqual(closed.stop(0), [{ kind: "text", block: 0, text: "<think" }]);
    assert.deepEqual(closed.stopAll(), []);
    assert.deepEqual(closed.finish().content, [{ text: "a\n<think" }]);
    const open = thinking();
    open.delta(0, text("<thinking>b</thin"));
    assert.deepEqual(open.stopAll(), [{ kind: "reasoning", block: 0, text: "</thin" }]);
    assert.deepEqual(open.finish().content, []);
  });

  it("leaves the tag in the text of other models", () => {
    const assembler = newAssembler();
    assembler.delta(0, text("<thinking>a</thinking>b"));
    assert.deepEqual(assembler.finish().content, [{ text: "<thinking>a</thinking>b" }]);
  });
});
