import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import type { StreamFrame } from "./stream-frame.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** One `application/vnd.amazon.eventstream` frame. `ordinal` (from 0) only varies the padding. */
export function encodeFrame(frame: StreamFrame, ordinal: number): Uint8Array {
  switch (frame.kind) {
    case "event":
      return encode("event", { ":event-type": frame.type, ":content-type": "application/json" }, body(frame, ordinal));
    case "exception":
      return encode(
        "exception",
        { ":exception-type": frame.type, ":content-type": "application/json" },
        body(frame, ordinal),
      );
    case "error":
      return encode("error", { ":error-code": frame.code, ":error-message": frame.message }, "");
  }
}

/** The same frame with its last byte, part of the message checksum, flipped. */
export function corruptChecksum(frame: Uint8Array): Uint8Array {
  const corrupted = Uint8Array.from(frame);
  const last = corrupted.length - 1;
  corrupted.set([(corrupted[last] ?? 0) ^ 0xff], last);
  return corrupted;
}

function encode(messageType: string, headers: Readonly<Record<string, string>>, text: string): Uint8Array {
  const entries = Object.entries({ ...headers, ":message-type": messageType });
  return codec.encode({
    headers: Object.fromEntries(entries.map(([name, value]) => [name, { type: "string" as const, value }])),
    body: fromUtf8(text),
  });
}

/** Bedrock pads every event's JSON with a key `p` of varying length, so that sizes do not give the text away. */
function body(frame: Extract<StreamFrame, { kind: "event" | "exception" }>, ordinal: number): string {
  if (frame.body !== undefined) {
    return frame.body;
  }
  const { payload } = frame;
  if (frame.kind === "exception" || typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    return JSON.stringify(payload ?? {});
  }
  return JSON.stringify({ ...payload, p: alphabet.slice(0, 1 + ((ordinal * 7) % alphabet.length)) });
}
