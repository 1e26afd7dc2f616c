import assert from "node:assert/strict";
import { test } from "node:test";
import { type Operation, validateRequest } from "../../../src/emulator/validate-request.ts";

const claude = "anthropic.claude-opus-4-6-v1";
const messages = [{ role: "user", content: [{ text: "hello" }] }];
const toolConfig = { tools: [{ toolSpec: { name: "t", inputSchema: { json: { type: "object" } } } }] };

function refusal(operation: Operation, modelId: string, body: unknown): string | undefined {
  const judged = validateRequest(operation, modelId, typeof body === "string" ? body : JSON.stringify(body));
  return judged.ok ? undefined : judged.violations[0].message;
}

test("an empty model id is refused", () => {
  assert.equal(
    refusal("converse-stream", "", { messages }),
    "1 validation error detected: Value '' at 'modelId' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

test("a body that is no JSON object is refused", () => {
  for (const body of ["", "{", "[]", "null", '"text"']) {
    assert.equal(
      refusal("converse-stream", claude, body),
      "Unable to parse the request body: it is not a JSON object.",
    );
  }
});

test("tools with a model that does not stream them are refused in a stream and taken otherwise", () => {
  const body = { messages, toolConfig };
  const llama = "us.meta.llama3-3-70b-instruct-v1:0";
  assert.equal(refusal("converse-stream", llama, body), "This model doesn't support tool use in streaming mode.");
  assert.equal(refusal("converse", llama, body), undefined);
});

test("the stream's guardrail mode is refused without a stream", () => {
  const named = { guardrailIdentifier: "gr1a2b3c4d5e", guardrailVersion: "1" };
  const guardrailConfig = { ...named, streamProcessingMode: "async" };
  const body = { messages, guardrailConfig };
  assert.equal(refusal("converse-stream", claude, body), undefined);
  assert.equal(
    refusal("converse", claude, body),
    "Malformed input request: #/guardrailConfig: extraneous key [streamProcessingMode] is not permitted, please reformat your input and try again.",
  );
});

test("a stored prompt takes no messages of necessity and no system prompt", () => {
  const arn = "arn:aws:bedrock:us-east-1:111122223333:prompt/PROMPT12345:1";
  assert.equal(refusal("converse-stream", arn, { promptVariables: { topic: { text: "x" } } }), undefined);
  assert.equal(
    refusal("converse-stream", arn, { system: [{ text: "be brief" }] }),
    "The system field can't be used when the modelId is the ARN of a prompt. Remove system and try again.",
  );
});

test("the model id belongs into the path, not into the body", () => {
  assert.equal(
    refusal("converse-stream", claude, { modelId: claude, messages }),
    "Malformed input request: #: extraneous key [modelId] is not permitted, please reformat your input and try again.",
  );
});

test("count-tokens takes a converse input and nothing beside it", () => {
  assert.equal(refusal("count-tokens", claude, { input: { converse: { messages, toolConfig } } }), undefined);
  assert.equal(
    refusal("count-tokens", claude, { input: { converse: { messages, inferenceConfig: {} } } }),
    "Malformed input request: #/input/converse: extraneous key [inferenceConfig] is not permitted, please reformat your input and try again.",
  );
});

test("count-tokens refuses the conversation that converse refuses, with the same words", () => {
  const conversations = [
    {},
    { messages: [] },
    { messages: [...messages, ...messages] },
    { messages: [{ role: "assistant", content: [{ text: "hello" }] }] },
    {
      messages: [{ role: "user", content: [{ toolResult: { toolUseId: "t1", content: [{ text: "x" }] } }] }],
      toolConfig,
    },
    { messages: [{ role: "user", content: [{ text: " " }] }] },
  ];
  const refusals = conversations.map((converse) => refusal("converse", claude, converse));
  assert.ok(refusals.filter((text) => text !== undefined).length >= 4, String(refusals));
  assert.deepEqual(
    conversations.map((converse) => refusal("count-tokens", claude, { input: { converse } })),
    refusals,
  );
});
