import { replyFrames } from "../../src/emulator/reply/reply-frames.ts";
import type { RawEvent, Reply } from "../../src/emulator/script-schema.ts";
import type { FaultKind } from "./fault-list.ts";

/** Longer than any test: what is due then never comes. */
const neverMs = 3_600_000;

/** The answer with a fault after so many of its frames. */
export function faultyReply(reply: Reply, { make, lingers }: FaultKind, afterEvents: number): Reply {
  if (lingers === undefined) return { ...reply, fault: make(afterEvents) };
  const sent = framesOf(reply).slice(0, afterEvents);
  return { events: [...sent, ...lingers, { event: "never", payload: {}, delayMs: neverMs }] };
}

/** The frames of a fault-free answer, as a script has them. */
export function framesOf(reply: Reply): readonly RawEvent[] {
  const frames = replyFrames(reply, {
    inputTokens: 1,
    messageCount: 1,
    shortToolUseIds: false,
    request: {},
    cached: undefined,
  });
  return frames.flatMap((frame) =>
    frame.kind === "event" ? [{ event: frame.type, payload: toJson(frame.payload) }] : [],
  );
}

function toJson(payload: unknown): NonNullable<RawEvent["payload"]> {
  return JSON.parse(JSON.stringify(payload));
}
