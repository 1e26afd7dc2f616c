import { readErrorFacts } from "../error-facts.ts";
import type { Attempt } from "./attempt-log.ts";
import { type Mask, maskOf, maskTexts } from "./mask-attempt.ts";
import { readFrame } from "./read-attempt.ts";
import { wholeAnswerFrames } from "./whole-answer-frames.ts";

/**
 * A script for the project's emulator (docs/emulator.md) that answers as this attempt was answered: the same events at the
 * same pace, the same end. It goes on answering so for every further request.
 */
export function toEmulatorScript(attempt: Attempt, mask: Mask): string {
  const reply = maskTexts(JSON.parse(JSON.stringify(replyOf(attempt))), maskOf(attempt, mask));
  return `${JSON.stringify({ replies: [reply], repeatLast: true }, undefined, 2)}\n`;
}

function replyOf(attempt: Attempt): object {
  const { response, output } = attempt;
  const fault = faultOf(attempt);
  const wait = response === undefined || response.atMs === 0 ? {} : { firstByteDelayMs: response.atMs };
  if (output !== undefined) return { ...wait, events: wholeAnswerFrames(output) };
  if (fault?.isWhole === true) return { ...wait, fault: fault.fault };
  const lost = fault?.breaksFrame === true ? [lostFrame] : [];
  return { ...wait, events: [...framesOf(attempt), ...lost], ...(fault !== undefined && { fault: fault.fault }) };
}

function framesOf({ events, response }: Attempt): readonly object[] {
  return events.map((event, at) => {
    const { kind, name, ...content } = readFrame(event);
    const delayMs = Math.max(0, event.atMs - (events[at - 1]?.atMs ?? response?.atMs ?? event.atMs));
    return { [kind]: name, ...content, ...(delayMs > 0 && { delayMs }) };
  });
}

/** Stands for the frame that came damaged: nobody knows what it held. */
const lostFrame = { event: "contentBlockDelta", payload: {} };

interface FoundFault {
  readonly fault: object;
  /** It stands in the place of a stream. */
  readonly isWhole: boolean;
  /** It damages the frame after those that came. */
  readonly breaksFrame?: true;
}

function faultOf(attempt: Attempt): FoundFault | undefined {
  const { error, response, events } = attempt;
  if (error === undefined) return undefined;
  if (response === undefined) return { fault: { kind: "reset", beforeHeaders: true }, isWhole: true };
  if (response.status >= 300) return { fault: httpError(attempt), isWhole: true };
  const { name, code, message } = readErrorFacts(error);
  if (name === "ForeignAnswer") return { fault: wrongBody(response.headers["content-type"]), isWhole: true };
  const afterEvents = events.length;
  if (/truncated event message/iu.test(message)) {
    return { fault: { kind: "truncate", afterEvents, midFrame: true }, isWhole: false, breaksFrame: true };
  }
  if (/message checksum/iu.test(message))
    return { fault: { kind: "bad-checksum", afterEvents }, isWhole: false, breaksFrame: true };
  if (code === "ECONNRESET") return { fault: { kind: "reset", afterEvents }, isWhole: false };
  // An exception is a frame of the list already; a frame of the kind `error` is not decoded, only thrown.
  if (events.some((event) => readFrame(event).kind === "exception") || name === "AbortError") return undefined;
  return { fault: { kind: "error-frame", code: name, message, afterEvents }, isWhole: false };
}

function httpError({ response, error }: Attempt): object {
  const { message } = readErrorFacts(error);
  const headers = response?.headers ?? {};
  const type = headers["x-amzn-errortype"]?.split(":")[0];
  const contentType = headers["content-type"] ?? "application/json";
  const kept = Object.entries(headers).filter(([name]) => /^(?:retry-after|x-amz-retry-after)$/iu.test(name));
  const shape = type === undefined ? { shape: "gateway" } : { shape: "aws", type };
  return {
    kind: "http-error",
    status: response?.status,
    ...shape,
    message,
    headers: { "content-type": contentType, ...Object.fromEntries(kept) },
    ...(contentType.startsWith("text/html") && { body: `<title>${message}</title>` }),
  };
}

function wrongBody(contentType = ""): object {
  if (contentType.includes("html")) return { kind: "wrong-body", body: "html" };
  return { kind: "wrong-body", body: contentType.includes("event-stream") ? "sse" : "json" };
}
