import { type Fault, parseFault, type Reply } from "../script-schema.ts";
import { corruptChecksum, encodeFrame } from "../wire/event-frames.ts";
import type { ResponseStep } from "../wire/http-exchange.ts";
import type { StreamFrame } from "../wire/stream-frame.ts";
import { scriptedHttpError, wholeResponse } from "./http-error.ts";
import { type ReplyContext, replyFrames } from "./reply-frames.ts";

/** The answer to a ConverseStream request as steps on the connection, faults included. */
export function streamResponse(reply: Reply, context: ReplyContext, requestId: string): readonly ResponseStep[] {
  const fault = parseFault(reply.fault);
  const first: readonly ResponseStep[] =
    reply.firstByteDelayMs === undefined ? [] : [{ kind: "wait", milliseconds: reply.firstByteDelayMs }];
  const whole = fault === undefined ? undefined : faultInsteadOfStream(fault, requestId);
  if (whole !== undefined) {
    return [...first, ...whole];
  }
  const head: ResponseStep = {
    kind: "head",
    status: 200,
    headers: { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": requestId },
  };
  const frames = replyFrames(reply, context);
  const beforeHead: readonly ResponseStep[] =
    fault?.kind === "stall" && fault.beforeHeaders === true ? stall(fault.forMs) : [];
  const body = fault === undefined ? completeBody(frames, reply) : faultyBody(frames, reply, fault);
  return [...first, ...beforeHead, head, ...body];
}

function faultInsteadOfStream(fault: Fault, requestId: string): readonly ResponseStep[] | undefined {
  switch (fault.kind) {
    case "http-error":
      return scriptedHttpError(fault, requestId);
    case "reset":
      return fault.beforeHeaders === true ? [{ kind: "reset" }] : undefined;
    case "wrong-body":
      return wholeResponse(
        200,
        { ...wrongBodies[fault.body].headers, "x-amzn-requestid": requestId },
        wrongBodies[fault.body].text,
      );
    case "exception":
    case "error-frame":
    case "fin":
    case "truncate":
    case "stall":
    case "bad-checksum":
    case "no-message-stop":
    case "empty-body":
      return undefined;
  }
}

const wrongBodies = {
  json: {
    headers: { "content-type": "application/json" },
    text: '{"id":"chatcmpl-1","choices":[{"message":{"content":"Hello"}}]}',
  },
  sse: {
    headers: { "content-type": "text/event-stream" },
    text: 'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\ndata: [DONE]\n\n',
  },
  html: {
    headers: { "content-type": "text/html" },
    text: "<!doctype html><title>Sign in</title><p>Please sign in to the network.",
  },
} as const;

function completeBody(frames: readonly StreamFrame[], reply: Reply): readonly ResponseStep[] {
  return [...writeFrames(frames, reply), { kind: "end" }];
}

function faultyBody(frames: readonly StreamFrame[], reply: Reply, fault: Fault): readonly ResponseStep[] {
  const sent = "afterEvents" in fault ? frames.slice(0, fault.afterEvents) : frames;
  const rest = frames.slice(sent.length);
  switch (fault.kind) {
    case "exception":
      return completeBody([...sent, exceptionFrame(fault)], reply);
    case "error-frame":
      return completeBody([...sent, { kind: "error", code: fault.code, message: fault.message }], reply);
    case "reset":
      return [...writeFrames(sent, reply), { kind: "reset" }];
    case "fin":
      return [...writeFrames(sent, reply), ...halfFrame(rest, sent.length, fault.midFrame), { kind: "fin" }];
    case "truncate":
      return [...writeFrames(sent, reply), ...halfFrame(rest, sent.length, fault.midFrame), { kind: "end" }];
    case "stall": {
      const stalled = fault.beforeHeaders === true ? [] : stall(fault.forMs);
      return [...writeFrames(sent, reply), ...stalled, ...writeFrames(rest, reply, sent.length), { kind: "end" }];
    }
    case "bad-checksum":
      return [
        ...writeFrames(sent, reply),
        ...rest
          .slice(0, 1)
          .map((frame): ResponseStep => ({ kind: "write", bytes: corruptChecksum(encodeFrame(frame, sent.length)) })),
        ...writeFrames(rest.slice(1), reply, sent.length + 1),
        { kind: "end" },
      ];
    case "no-message-stop":
      return completeBody(
        frames.filter((frame) => frame.kind !== "event" || (frame.type !== "messageStop" && frame.type !== "metadata")),
        reply,
      );
    case "empty-body":
    case "http-error":
    case "wrong-body":
      return [{ kind: "end" }];
  }
}

function writeFrames(frames: readonly StreamFrame[], reply: Reply, firstOrdinal = 0): readonly ResponseStep[] {
  return frames.flatMap((frame, index): readonly ResponseStep[] => {
    const wait: readonly ResponseStep[] =
      frame.delayMs === undefined ? [] : [{ kind: "wait", milliseconds: frame.delayMs }];
    return [...wait, ...chunks(encodeFrame(frame, firstOrdinal + index), reply.chunking?.bytes)];
  });
}

function chunks(bytes: Uint8Array, size = bytes.length): readonly ResponseStep[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) => ({
    kind: "write",
    bytes: bytes.subarray(part * size, (part + 1) * size),
  }));
}

function halfFrame(rest: readonly StreamFrame[], ordinal: number, midFrame = false): readonly ResponseStep[] {
  const [next] = rest;
  if (!midFrame || next === undefined) {
    return [];
  }
  const bytes = encodeFrame(next, ordinal);
  return [{ kind: "write", bytes: bytes.subarray(0, Math.floor(bytes.length / 2)) }];
}

function stall(forMs: number | undefined): readonly ResponseStep[] {
  return [forMs === undefined ? { kind: "wait-forever" } : { kind: "wait", milliseconds: forMs }];
}

function exceptionFrame(fault: Extract<Fault, { kind: "exception" }>): StreamFrame {
  const payload = fault.payload ?? { message: fault.message ?? "The model failed." };
  return { kind: "exception", type: fault.type, ...(fault.body === undefined ? { payload } : { body: fault.body }) };
}
