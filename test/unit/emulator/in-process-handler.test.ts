import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseCommand, ConverseStreamCommand, CountTokensCommand } from "@aws-sdk/client-bedrock-runtime";
import { eventsReply, textReply, toolReply, toolsReply } from "../../../src/emulator/replies.ts";
import { signReasoning } from "../../../src/emulator/reply/reasoning-signature.ts";
import { claude, converse, textOf } from "./client.ts";
import { clientFor, errorOf } from "./in-process-scene.ts";

test("a text arrives as Bedrock sends it: no block start, messageStop, then metadata", async () => {
  assert.deepEqual(await converse(clientFor(textReply("Hello my friend"))), [
    { messageStart: { role: "assistant" } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Hello" } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: " my" } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: " friend" } } },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { messageStop: { stopReason: "end_turn" } },
    { metadata: { usage: { inputTokens: 15, outputTokens: 4, totalTokens: 19 }, metrics: { latencyMs: 1 } } },
  ]);
});

test("reasoning, text and tools come in this order, each tool with a start", async () => {
  const reply = toolsReply(
    [
      { name: "read_file", input: { path: "a" }, toolUseId: "t1", fragmentLength: 8 },
      { name: "now", toolUseId: "t2" },
    ],
    {
      reasoning: { text: ["I ", "think"] },
      text: "Reading.",
    },
  );
  const events = await converse(clientFor(reply));
  assert.deepEqual(events.slice(1, -2), [
    { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "I " } } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "think" } } } },
    {
      contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { signature: signReasoning("I think") } } },
    },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { contentBlockDelta: { contentBlockIndex: 1, delta: { text: "Reading." } } },
    { contentBlockStop: { contentBlockIndex: 1 } },
    { contentBlockStart: { contentBlockIndex: 2, start: { toolUse: { toolUseId: "t1", name: "read_file" } } } },
    { contentBlockDelta: { contentBlockIndex: 2, delta: { toolUse: { input: '{"path":' } } } },
    { contentBlockDelta: { contentBlockIndex: 2, delta: { toolUse: { input: '"a"}' } } } },
    { contentBlockStop: { contentBlockIndex: 2 } },
    { contentBlockStart: { contentBlockIndex: 3, start: { toolUse: { toolUseId: "t2", name: "now" } } } },
    { contentBlockStop: { contentBlockIndex: 3 } },
  ]);
  assert.deepEqual(events.at(-2), { messageStop: { stopReason: "tool_use" } });
});

test("input fragments are sent as written, even half of a surrogate pair, one byte of a frame at a time", async () => {
  const inputFragments = ['{"face":"\ud83d', '\ude00"}'];
  const reply = { toolUses: [{ name: "smile", inputFragments }], chunking: { bytes: 1 } };
  const events = await converse(clientFor(reply));
  assert.deepEqual(
    events.flatMap((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? []),
    inputFragments,
  );
});

test("block starts, redacted reasoning and a stop reason of its own are sent when scripted", async () => {
  const events = await converse(
    clientFor({ reasoning: { redacted: "aGk=" }, text: "x", blockStarts: true, stopReason: "future_reason" }),
  );
  assert.deepEqual(events.slice(1, 3), [
    { contentBlockStart: { contentBlockIndex: 0, start: { $unknown: ["reasoningContent", {}] } } },
    {
      contentBlockDelta: {
        contentBlockIndex: 0,
        delta: { reasoningContent: { redactedContent: new Uint8Array(Buffer.from("hi")) } },
      },
    },
  ]);
  assert.deepEqual(events.at(-2), { messageStop: { stopReason: "future_reason" } });
});

test("raw frames may hold any member and any order", async () => {
  const reply = eventsReply([
    { event: "metadata", payload: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } } },
    { event: "futureEvent", payload: { a: 1 } },
    { event: "contentBlockDelta", payload: { contentBlockIndex: 7, delta: { futureDelta: { a: 1 } } } },
    { event: "messageStop", payload: { stopReason: "end_turn" } },
  ]);
  assert.deepEqual(await converse(clientFor(reply)), [
    { metadata: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } } },
    { contentBlockDelta: { contentBlockIndex: 7, delta: { $unknown: ["futureDelta", { a: 1 }] } } },
    { messageStop: { stopReason: "end_turn" } },
  ]);
});

test("Converse answers the same reply in one piece", async () => {
  const client = clientFor(
    toolReply("read_file", { path: "a" }, { text: "Reading.", reasoning: { text: "Hm", signature: "s" } }),
  );
  const response = await client.send(
    new ConverseCommand({ modelId: claude, messages: [{ role: "user", content: [{ text: "Hi" }] }] }),
  );
  assert.deepEqual(response.output, {
    message: {
      role: "assistant",
      content: [
        { reasoningContent: { reasoningText: { text: "Hm", signature: "s" } } },
        { text: "Reading." },
        {
          toolUse: {
            toolUseId: response.output?.message?.content?.[2]?.toolUse?.toolUseId,
            name: "read_file",
            input: { path: "a" },
          },
        },
      ],
    },
  });
  assert.deepEqual(
    [response.stopReason, response.usage],
    ["tool_use", { inputTokens: 14, outputTokens: 8, totalTokens: 22 }],
  );
});

test("CountTokens counts the request", async () => {
  const messages = [{ role: "user" as const, content: [{ text: "Hi" }] }];
  const response = await clientFor(undefined).send(
    new CountTokensCommand({ modelId: claude.replace(/^(?:us|global)\./u, ""), input: { converse: { messages } } }),
  );
  assert.equal(response.inputTokens, 14);
});

test("a request that Bedrock refuses gets its text and a request id", async () => {
  const error = await clientFor(textReply("x"))
    .send(new ConverseStreamCommand({ modelId: claude, messages: [{ role: "user", content: [] }] }))
    .then(
      () => assert.fail(),
      (reason: unknown) => reason,
    );
  assert.ok(error instanceof Error && "$metadata" in error);
  assert.equal(error.name, "ValidationException");
  assert.equal(
    error.message,
    "The content field in the Message object at messages.0 is empty. Add a ContentBlock object to the content field and try again.",
  );
  assert.match(JSON.stringify(error.$metadata), /"httpStatusCode":400,"requestId":"[0-9a-f-]{36}"/u);
});

test("a script that has nothing left answers 404", async () => {
  const error = await errorOf(undefined);
  assert.deepEqual(
    [error.name, error.message],
    ["ResourceNotFoundException", "The emulator's script has no reply for this request."],
  );
});

test("signatures are checked in process too", async () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example-secret" };
  assert.equal(textOf(await converse(clientFor(textReply("signed"), { credentials }))), "signed");
});
