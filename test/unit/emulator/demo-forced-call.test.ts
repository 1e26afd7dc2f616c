import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConverseRequest } from "../../../src/emulator/responder.ts";
import { model } from "./demo-scene.ts";

const verdict = {
  type: "object",
  properties: {
    tier: { type: "string", enum: ["fast", "frontier"] },
    reason: { type: "string", maxLength: 12 },
    score: { type: "integer", minimum: 3 },
    sure: { type: "boolean" },
    names: { type: "array", items: { type: "string" }, minItems: 1 },
    note: { type: "string" },
  },
  required: ["tier", "reason", "score", "sure", "names"],
};

function ask(text: string, toolConfig: ConverseRequest["toolConfig"]) {
  const request = { messages: [{ role: "user" as const, content: [{ text }] }], toolConfig };
  return model()({ operation: "converse", modelId: "outcrop.demo", request });
}

const toolSpec = (name: string) => ({ toolSpec: { name, inputSchema: { json: verdict } } });

test("a tool that the request forces is called, with what its schema requires", () => {
  const tools = [toolSpec("other"), toolSpec("judge")];
  const input = {
    tier: "fast",
    reason: "where is the",
    score: 3,
    sure: true,
    names: ["where is the retry delay computed?"],
  };
  const prompt = "where is the retry delay computed?";
  assert.deepEqual(ask(prompt, { tools, toolChoice: { tool: { name: "judge" } } })?.toolUses, [
    { name: "judge", input },
  ]);
  assert.deepEqual(ask(prompt, { tools, toolChoice: { any: {} } })?.toolUses, [{ name: "other", input }]);
});

test("a free choice is none, and acted-out trouble comes first", () => {
  const tools = [toolSpec("judge")];
  assert.deepEqual(ask("thanks", { tools, toolChoice: { auto: {} } })?.toolUses, undefined);
  assert.equal(ask("show access denied", { tools, toolChoice: { any: {} } })?.toolUses, undefined);
});

test("a commit's message is of the files that are changed", () => {
  const toolChoice = { tool: { name: "write_commit_message" } };
  const subject = (text: string) =>
    ask(text, { tools: [toolSpec("write_commit_message")], toolChoice })?.toolUses?.[0]?.input;
  const patch = "The changes:\n\ndiff --git a/src/a.ts b/src/a.ts\n+x\ndiff --git a/b c.md b/b c.md\n+y\n";
  assert.deepEqual(subject(patch), { subject: "Change a.ts and 1 more file" });
  assert.deepEqual(subject("No change.\n\nNew files, without their text:\ndocs/new.md"), { subject: "Add new.md" });
});
