import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConverseCall } from "../../../src/emulator/responder.ts";
import { createScriptResponder } from "../../../src/emulator/script-responder.ts";
import { parseScript } from "../../../src/emulator/script-schema.ts";

function call(userText: string, modelId = "m"): ConverseCall {
  return {
    operation: "converse-stream",
    modelId,
    request: { messages: [{ role: "user", content: [{ text: userText }] }] },
  };
}

function resultCall(text: string): ConverseCall {
  const toolResult = { toolUseId: "a", content: [{ text }] };
  return {
    operation: "converse-stream",
    modelId: "m",
    request: { messages: [{ role: "user", content: [{ toolResult }] }] },
  };
}

test("a misspelt key is refused with its path", () => {
  assert.throws(
    () => parseScript({ replies: [{ text: "a" }, { txt: "b" }] }, "demo.json"),
    new Error('demo.json is not a valid emulator script:\n✖ Unrecognized key: "txt"\n  → at replies[1]'),
  );
});

test("an unknown fault, a fault's unknown key and an empty script are refused", () => {
  assert.throws(() => parseScript({ replies: [{ fault: { kind: "explode" } }] }), /→ at replies\[0\]\.fault\.kind/u);
  assert.throws(
    () => parseScript({ replies: [{ fault: { kind: "reset", at: 3 } }] }),
    /Unrecognized key: "at"\n {2}→ at replies\[0\]\.fault/u,
  );
  assert.throws(() => parseScript({ replies: [] }), /→ at replies/u);
});

test("events and text in one reply are refused", () => {
  assert.throws(
    () => parseScript({ replies: [{ text: "a", events: [] }] }),
    /events cannot be mixed with text, reasoning, toolUses, stopReason, usage, trace, blockStarts\n {2}→ at replies\[0\]/u,
  );
});

test("a raw frame has exactly one kind", () => {
  assert.throws(
    () => parseScript({ replies: [{ events: [{ event: "a", exception: "b" }] }] }),
    /exactly one of event, exception and error/u,
  );
});

test("replies are used once each, in order, and then there is none", () => {
  const respond = createScriptResponder(parseScript({ replies: [{ text: "one" }, { text: "two" }] }));
  assert.deepEqual([respond(call("x"))?.text, respond(call("x"))?.text, respond(call("x"))], ["one", "two", undefined]);
});

test("the last reply is repeated when the script says so", () => {
  const respond = createScriptResponder(parseScript({ replies: [{ text: "one" }, { text: "two" }], repeatLast: true }));
  assert.deepEqual(
    [1, 2, 3, 4].map(() => respond(call("x"))?.text),
    ["one", "two", "two", "two"],
  );
});

test("a reply with a match waits for its request, so that parallel requests are stable", () => {
  const respond = createScriptResponder(
    parseScript({
      replies: [
        { match: { userText: "alpha" }, text: "a" },
        { match: { userText: "beta", modelId: "haiku" }, text: "b" },
        { match: { toolResult: "7 results" }, text: "c" },
      ],
    }),
  );
  const replies = [
    respond(resultCall("7 results in 3 files")),
    respond(call("beta", "haiku")),
    respond(call("beta")),
    respond(call("an alpha")),
  ];
  assert.deepEqual(
    replies.map((reply) => reply?.text),
    ["c", "b", undefined, "a"],
  );
});
