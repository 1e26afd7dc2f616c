import type { Reply, Script, ToolUseReply } from "./script-schema.ts";

/** Short ways to write replies in code. Each takes further keys of a reply, such as timings and a fault. */

type Extra = Omit<Reply, "text" | "toolUses" | "events">;

/** A plain answer; an array gives the deltas one by one. */
export function textReply(text: string | string[], extra: Extra = {}): Reply {
  return { ...extra, text };
}

/** One tool call, after a text if `text` is not empty. */
export function toolReply(
  name: string,
  input: ToolUseReply["input"],
  extra: Extra & { readonly text?: string } = {},
): Reply {
  return toolsReply([input === undefined ? { name } : { name, input }], extra);
}

/** Several tool calls in one message. */
export function toolsReply(toolUses: ToolUseReply[], extra: Extra & { readonly text?: string } = {}): Reply {
  return { ...extra, toolUses };
}

/** An HTTP error in AWS's shape before any stream. */
export function httpErrorReply(status: number, type: string, message: string): Reply {
  return { fault: { kind: "http-error", status, type, message } };
}

/** An exception frame inside the stream of `text`, after this many frames (0: the first frame). */
export function exceptionReply(
  type: string,
  message: string,
  afterEvents = 0,
  text = "This answer breaks off.",
): Reply {
  return { text, fault: { kind: "exception", type, message, afterEvents } };
}

/** The stream of `text` with any fault. */
export function faultyReply(fault: NonNullable<Reply["fault"]>, text = "This answer breaks off."): Reply {
  return { text, fault };
}

/** The frames one by one. */
export function eventsReply(events: NonNullable<Reply["events"]>): Reply {
  return { events };
}

/** A script of these replies, one per request in order. */
export function script(...replies: Reply[]): Script {
  return { replies };
}

export type { Reply, Script };
