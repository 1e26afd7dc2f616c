import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlockDelta } from "@aws-sdk/client-bedrock-runtime";
import { MessageAssembler } from "../../../src/agent/message-assembler.ts";

function newAssembler(): MessageAssembler {
  return new MessageAssembler((toolUseId) => `${toolUseId}/unique`);
}

const text = (value: string): ContentBlockDelta => ({ text: value });
const toolInput = (input: string): ContentBlockDelta => ({ toolUse: { input } });
const toolUse = (toolUseId: string, name = "look") => ({ toolUse: { toolUseId, name } });

/** The input of a tool whose block had these fragments. */
function inputOf(...fragments: readonly string[]) {
  const assembler = newAssembler();
  assembler.start(0, toolUse("t1"));
  for (const fragment of fragments) assembler.delta(0, toolInput(fragment));
  assembler.stop(0);
  const { content, toolUses } = assembler.finish();
  return { kept: content[0]?.toolUse?.input, parsed: toolUses[0]?.input };
}

describe("MessageAssembler, tool use", () => {
  it("begins a tool call under its unique id and names its fragments by it", () => {
    const assembler = newAssembler();
    assert.deepEqual(assembler.start(0, toolUse("t1")), { id: "t1/unique", name: "look" });
    assert.deepEqual(assembler.delta(0, toolInput('{"a"')), [
      { kind: "tool-input", id: "t1/unique", fragment: '{"a"' },
    ]);
    assembler.delta(0, toolInput(":1}"));
    assert.deepEqual(assembler.finish(), {
      content: [{ toolUse: { toolUseId: "t1", name: "look", input: { a: 1 } } }],
      toolUses: [{ id: "t1/unique", toolUseId: "t1", name: "look", input: { kind: "object", value: { a: 1 } } }],
    });
  });

  it("B2.20 keeps interleaved tools apart, stopped in reverse, in the order of their index", () => {
    const assembler = newAssembler();
    assembler.start(1, toolUse("t1"));
    assembler.start(2, toolUse("t2"));
    assembler.delta(2, toolInput('{"b":'));
    assembler.delta(1, toolInput('{"a":'));
    assembler.delta(2, toolInput("2}"));
    assembler.delta(1, toolInput("1}"));
    assembler.stop(2);
    assembler.stop(1);
    assert.deepEqual(
      assembler.finish().toolUses.map(({ toolUseId, input }) => [toolUseId, input]),
      [
        ["t1", { kind: "object", value: { a: 1 } }],
        ["t2", { kind: "object", value: { b: 2 } }],
      ],
    );
  });

  it("B2.21 gives a tool without a delta, or with an empty one, an empty input", () => {
    const empty = { kept: {}, parsed: { kind: "object", value: {} } };
    assert.deepEqual(inputOf(), empty);
    assert.deepEqual(inputOf(""), empty);
    assert.deepEqual(inputOf(" ", "\n"), empty);
  });

  it("B2.19 parses input cut in an escape, in a number and between surrogate halves only when joined", () => {
    const fragments = ['{"a":"x\\', "u00", 'e9","b":1', '2,"c":"\ud83d', '\ude00","d":"\\ud83d', '\\ude00"}'];
    const value = { a: "xé", b: 12, c: "😀", d: "😀" };
    assert.deepEqual(inputOf(...fragments), { kept: value, parsed: { kind: "object", value } });
  });

  it("replaces half a character in the input, which Converse would not take back", () => {
    const value = { path: "a\uFFFDb", more: ["\uFFFD"] };
    assert.deepEqual(inputOf('{"path":"a\\ud83db","more":["\\ude00"]}'), {
      kept: value,
      parsed: { kind: "object", value },
    });
  });

  it("B2.22 calls input that is no object invalid, and keeps an object in the history", () => {
    for (const json of ["[1]", '"text"', "3", "null", "true"]) {
      const parsed = { kind: "invalid", json, problem: "The input must be a JSON object." };
      assert.deepEqual(inputOf(json), { kept: {}, parsed });
    }
  });

  it("B2.23 says what is wrong with input that is no JSON", () => {
    const { kept, parsed } = inputOf('{"path": "a', ".ts");
    assert.deepEqual(kept, {});
    assert.equal(parsed?.kind === "invalid" && parsed.json, '{"path": "a.ts');
    assert.match(parsed?.kind === "invalid" ? parsed.problem : "", /^The input is not valid JSON: Unterminated string/);
  });

  it("B2.31 drops input for a block that no tool opened, and text for one that a tool opened", () => {
    const assembler = newAssembler();
    assert.deepEqual(assembler.delta(0, toolInput("{}")), []);
    assembler.start(1, toolUse("t1"));
    assert.deepEqual(assembler.delta(1, text("x")), []);
    assert.deepEqual(assembler.finish().content, [{ toolUse: { toolUseId: "t1", name: "look", input: {} } }]);
  });

  it("opens a tool call where an end came before any block, which ended nothing", () => {
    const assembler = newAssembler();
    assembler.stop(0);
    assert.deepEqual(assembler.start(0, toolUse("t1")), { id: "t1/unique", name: "look" });
    assembler.delta(0, toolInput('{"a":1}'));
    assert.deepEqual(assembler.finish().content, [{ toolUse: { toolUseId: "t1", name: "look", input: { a: 1 } } }]);
  });

  it("ignores a second start of the same block", () => {
    const assembler = newAssembler();
    assembler.start(0, toolUse("t1"));
    assert.equal(assembler.start(0, toolUse("t2")), undefined);
    assert.deepEqual(
      assembler.finish().toolUses.map(({ toolUseId }) => toolUseId),
      ["t1"],
    );
  });

  it("B2.29 keeps a server's tool use in the message but neither shows nor asks for it", () => {
    const assembler = newAssembler();
    const start = { toolUse: { toolUseId: "s1", name: "web", type: "server_tool_use" as const } };
    assert.equal(assembler.start(0, start), undefined);
    assert.deepEqual(assembler.delta(0, toolInput('{"q":1}')), []);
    assert.deepEqual(assembler.finish(), {
      content: [{ toolUse: { toolUseId: "s1", name: "web", input: { q: 1 }, type: "server_tool_use" } }],
      toolUses: [],
    });
  });

  it("keeps made-up names and ids in a form that Converse takes back, and the name as it was for the answer", () => {
    const assembler = newAssembler();
    assembler.start(0, toolUse("call 1", "functions.read file"));
    assembler.start(1, toolUse("", ""));
    const { content, toolUses } = assembler.finish();
    assert.deepEqual(
      content.map((block) => [block.toolUse?.toolUseId, block.toolUse?.name]),
      [
        ["call_1", "functions_read_file"],
        ["_", "_"],
      ],
    );
    assert.deepEqual(
      toolUses.map(({ toolUseId, name }) => [toolUseId, name]),
      [
        ["call_1", "functions.read file"],
        ["_", ""],
      ],
    );
  });

  it("tells two tool uses apart to which the model gave one id in one message", () => {
    const seen: string[] = [];
    const assembler = new MessageAssembler((id) => `${id}-${seen.push(id)}`);
    assembler.start(0, toolUse("same"));
    assembler.start(1, toolUse("same"));
    const { content, toolUses } = assembler.finish();
    assert.deepEqual(
      content.map((block) => block.toolUse?.toolUseId),
      ["same", "same-2"],
    );
    assert.deepEqual(
      toolUses.map(({ id, toolUseId }) => [id, toolUseId]),
      [
        ["same-1", "same"],
        ["same-2", "same-2"],
      ],
    );
  });
});
