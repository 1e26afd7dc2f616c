import assert from "node:assert/strict";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { toConverse } from "../../src/agent/history.ts";
import { checkConversation, modelFamily } from "../../src/emulator/conversation-rules.ts";

const family = modelFamily("global.anthropic.claude-opus-4-6-v1");

/** What Bedrock would refuse of the request that a history makes: `rule path`, empty when it is accepted. */
export function refusals(history: readonly Message[]): readonly string[] {
  const toolConfig = { tools: [{ toolSpec: { name: "any", inputSchema: { json: { type: "object" } } } }] };
  return checkConversation({ messages: toConverse(history), toolConfig }, family).map(
    ({ rule, path }) => `${rule} ${path}`,
  );
}

/** The history can be sent as it is, and with a further prompt. */
export function assertAccepted(history: readonly Message[]): void {
  assert.deepEqual(refusals(history), []);
  assert.deepEqual(refusals([...history, { role: "user", content: [{ text: "And now?" }] }]), []);
}
