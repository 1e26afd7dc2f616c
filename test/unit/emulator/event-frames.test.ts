import assert from "node:assert/strict";
import { test } from "node:test";
import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import { corruptChecksum, encodeFrame } from "../../../src/emulator/wire/event-frames.ts";
import type { StreamFrame } from "../../../src/emulator/wire/stream-frame.ts";

function decode(frame: StreamFrame, ordinal = 0) {
  const message = new EventStreamCodec(toUtf8, fromUtf8).decode(encodeFrame(frame, ordinal));
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, { value }]) => [name, value]));
  return { headers, body: toUtf8(message.body) };
}

test("an event frame has Bedrock's headers and its padding key", () => {
  assert.deepEqual(decode({ kind: "event", type: "messageStop", payload: { stopReason: "end_turn" } }, 1), {
    headers: { ":event-type": "messageStop", ":content-type": "application/json", ":message-type": "event" },
    body: '{"stopReason":"end_turn","p":"abcdefgh"}',
  });
});

test("an exception frame names its type", () => {
  assert.deepEqual(decode({ kind: "exception", type: "throttlingException", payload: { message: "slow down" } }), {
    headers: {
      ":exception-type": "throttlingException",
      ":content-type": "application/json",
      ":message-type": "exception",
    },
    body: '{"message":"slow down"}',
  });
});

test("an error frame carries code and message in its headers", () => {
  assert.deepEqual(decode({ kind: "error", code: "InternalError", message: "oh" }), {
    headers: { ":error-code": "InternalError", ":error-message": "oh", ":message-type": "error" },
    body: "",
  });
});

test("a raw body is sent as it is, even when it is empty", () => {
  assert.equal(decode({ kind: "event", type: "messageStop", body: "not json" }).body, "not json");
  assert.equal(decode({ kind: "event", type: "messageStop", body: "" }).body, "");
});

test("half of a surrogate pair travels as a JSON escape", () => {
  const payload = { delta: { toolUse: { input: '{"a":"\ud83d' } } };
  assert.equal(
    decode({ kind: "event", type: "contentBlockDelta", payload }).body,
    '{"delta":{"toolUse":{"input":"{\\"a\\":\\"\\ud83d"}},"p":"a"}',
  );
});

test("a corrupted frame fails its checksum", () => {
  const frame = corruptChecksum(encodeFrame({ kind: "event", type: "messageStart", payload: {} }, 0));
  assert.throws(() => new EventStreamCodec(toUtf8, fromUtf8).decode(frame), /message checksum/u);
});
