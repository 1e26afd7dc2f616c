import assert from "node:assert/strict";
import { it } from "node:test";
import { editedSelection } from "../../../src/emulator/demo/edited-selection.ts";
import { editInput } from "../../../src/tools/selection/selection-edit.ts";
import { model } from "./demo-scene.ts";

const around = { path: "a.ts", language: "typescript", before: "one\n", after: "three\n", wish: "make it 2" };

it("the demo keeps what is selected and writes the wish above it, as a comment of the language", () => {
  assert.equal(editedSelection(editInput({ ...around, selected: "  two\n" })), "  // make it 2\n  two\n");
  assert.equal(editedSelection(editInput({ ...around, language: "python", selected: "```\n" })), "# make it 2\n```\n");
  assert.equal(editedSelection(editInput({ ...around, selected: "" })), "// make it 2\n");
  assert.equal(editedSelection("hello"), undefined);
});

it("the demo edits what a forced call of replace_selection asks for, the code in the prompt included", () => {
  const text = editInput({ ...around, selected: "two\n" });
  const inputSchema = { json: { type: "object", properties: { code: { type: "string" } }, required: ["code"] } };
  const toolChoice = { tool: { name: "replace_selection" } };
  const toolConfig = { tools: [{ toolSpec: { name: "replace_selection", inputSchema } }], toolChoice };
  const request = { messages: [{ role: "user" as const, content: [{ text }] }], toolConfig };
  const reply = model()({ operation: "converse", modelId: "outcrop.demo", request });
  assert.deepEqual(reply?.toolUses, [{ name: "replace_selection", input: { code: "// make it 2\ntwo\n" } }]);
});
