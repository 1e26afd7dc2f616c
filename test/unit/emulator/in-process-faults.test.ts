import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { exceptionReply, faultyReply, httpErrorReply, textReply } from "../../../src/emulator/replies.ts";
import type { Reply } from "../../../src/emulator/script-schema.ts";
import { claude, converse } from "./client.ts";
import { clientFor, errorOf } from "./in-process-scene.ts";

test("faults reach the client as they do over HTTP/1.1", async () => {
  const aborted = "Error: ECONNRESET aborted";
  const outcomes: Readonly<Record<string, readonly [reply: Reply, outcome: string]>> = {
    throttled: [httpErrorReply(429, "ThrottlingException", "Too fast"), "ThrottlingException: Too fast"],
    gateway: [
      { fault: { kind: "http-error", status: 401, shape: "gateway", message: "Unauthorized" } },
      "Unknown: Unauthorized",
    ],
    "first exception frame": [exceptionReply("validationException", "bad"), "ValidationException: bad"],
    "later exception frame": [exceptionReply("modelStreamErrorException", "bad", 3), "ModelStreamErrorException: bad"],
    "unmodelled exception frame": [
      exceptionReply("modelTimeoutException", "bad", 3),
      'modelTimeoutException: {"message":"bad"}',
    ],
    "error frame": [
      faultyReply({ kind: "error-frame", code: "InternalError", message: "bad", afterEvents: 2 }),
      "InternalError: bad",
    ],
    "reset before headers": [
      faultyReply({ kind: "reset", beforeHeaders: true }),
      "TimeoutError: ECONNRESET read ECONNRESET",
    ],
    "reset later": [faultyReply({ kind: "reset", afterEvents: 3 }), aborted],
    "connection closed in a frame": [faultyReply({ kind: "fin", afterEvents: 3, midFrame: true }), aborted],
    "body ends in a frame": [
      faultyReply({ kind: "truncate", afterEvents: 3, midFrame: true }),
      "Error: Truncated event message received.",
    ],
    "body ends between frames": [faultyReply({ kind: "truncate", afterEvents: 3 }), "3 events"],
    "no messageStop": [faultyReply({ kind: "no-message-stop" }, "a b"), "4 events"],
    "empty body": [faultyReply({ kind: "empty-body" }), "0 events"],
    "short stall": [faultyReply({ kind: "stall", afterEvents: 2, forMs: 20 }, "a b"), "6 events"],
  };
  for (const [name, [reply, expected]] of Object.entries(outcomes)) {
    const outcome = await converse(clientFor(reply)).then(
      (events) => `${events.length} events`,
      (error: Error & { code?: string }) =>
        `${error.name}: ${error.code === undefined ? "" : `${error.code} `}${error.message.split("\n")[0]}`,
    );
    assert.equal(outcome, expected, name);
  }
});

test("a body that is no event stream fails in the SDK's decoder", async () => {
  for (const body of ["json", "sse", "html"] as const) {
    assert.match(
      (await errorOf({ fault: { kind: "wrong-body", body } })).message,
      /^Truncated event message received\./u,
    );
  }
  assert.match(
    (await errorOf(faultyReply({ kind: "bad-checksum", afterEvents: 2 }))).message,
    /^The message checksum/u,
  );
});

test("an abort in the middle of a stream ends it as NodeHttpHandler does and stops the producer", async () => {
  const controller = new AbortController();
  const client = clientFor(faultyReply({ kind: "stall", afterEvents: 3 }, "one two three"));
  const seen: string[] = [];
  const running = (async () => {
    const command = new ConverseStreamCommand({
      modelId: claude,
      messages: [{ role: "user", content: [{ text: "Hi" }] }],
    });
    const response = await client.send(command, { abortSignal: controller.signal });
    for await (const event of response.stream ?? []) {
      seen.push(...Object.keys(event));
      if (seen.length === 3) {
        controller.abort();
      }
    }
  })();
  await assert.rejects(running, { code: "ECONNRESET", message: "aborted" });
  assert.deepEqual(seen, ["messageStart", "contentBlockDelta", "contentBlockDelta"]);
});

test("an abort before the first byte rejects with AbortError", async () => {
  const controller = new AbortController();
  const waiting = converse(clientFor(textReply("x", { firstByteDelayMs: 60_000 })), "Hi", controller.signal);
  setImmediate(() => controller.abort());
  await assert.rejects(waiting, { name: "AbortError" });
});
