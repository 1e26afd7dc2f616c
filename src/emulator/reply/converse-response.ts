import * as z from "zod";
import { parseFault, type Reply } from "../script-schema.ts";
import type { ResponseStep } from "../wire/http-exchange.ts";
import type { StreamFrame } from "../wire/stream-frame.ts";
import { awsError, pascalCase, scriptedHttpError, statusOfException, wholeResponse } from "./http-error.ts";
import { type ReplyContext, replyFrames } from "./reply-frames.ts";
import { streamResponse } from "./stream-response.ts";

/** The answer to a Converse request: the same reply in one JSON body, after the time that the stream would take. */
export function converseResponse(reply: Reply, context: ReplyContext, requestId: string): readonly ResponseStep[] {
  const fault = parseFault(reply.fault);
  const frames = replyFrames(reply, context);
  const milliseconds = frames.reduce((sum, frame) => sum + (frame.delayMs ?? 0), reply.firstByteDelayMs ?? 0);
  const wait: readonly ResponseStep[] = milliseconds === 0 ? [] : [{ kind: "wait", milliseconds }];
  switch (fault?.kind) {
    case "http-error":
      return [...wait, ...scriptedHttpError(fault, requestId)];
    case "exception": {
      const message = fault.message ?? "The model failed.";
      return [...wait, ...awsError(statusOfException(fault.type), pascalCase(fault.type), message, requestId)];
    }
    case "error-frame":
      return [...wait, ...awsError(500, fault.code, fault.message, requestId)];
    case "wrong-body":
      return streamResponse(reply, context, requestId);
    case "reset":
    case "fin":
      return [...wait, { kind: "reset" }];
    case "stall":
      return [
        fault.forMs === undefined ? { kind: "wait-forever" } : { kind: "wait", milliseconds: fault.forMs },
        ...wholeAnswer(frames, requestId),
      ];
    case "truncate":
    case "bad-checksum":
    case "no-message-stop":
    case "empty-body":
    case undefined:
      return [...wait, ...wholeAnswer(frames, requestId)];
  }
}

function wholeAnswer(frames: readonly StreamFrame[], requestId: string): readonly ResponseStep[] {
  const exception = frames.find((frame) => frame.kind !== "event");
  if (exception !== undefined) {
    const type = exception.kind === "error" ? exception.code : pascalCase(exception.type);
    return awsError(statusOfException(type), type, "The model failed.", requestId);
  }
  const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
  return wholeResponse(200, headers, JSON.stringify(foldFrames(frames)));
}

const eventSchema = z.object({
  contentBlockIndex: z.number().optional(),
  start: z.object({ toolUse: z.looseObject({}).optional() }).optional(),
  delta: z
    .object({
      text: z.string().optional(),
      toolUse: z.object({ input: z.string() }).optional(),
      reasoningContent: z
        .object({
          text: z.string().optional(),
          signature: z.string().optional(),
          redactedContent: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  stopReason: z.string().optional(),
  usage: z.unknown().optional(),
  metrics: z.unknown().optional(),
  trace: z.unknown().optional(),
  performanceConfig: z.unknown().optional(),
  serviceTier: z.unknown().optional(),
});

interface Block {
  text?: string;
  reasoning?: { text: string; signature?: string; redacted?: string };
  toolUse?: { readonly start: Readonly<Record<string, unknown>>; input: string };
}

function foldFrames(frames: readonly StreamFrame[]): unknown {
  const blocks = new Map<number, Block>();
  let end: Readonly<Record<string, unknown>> = {};
  for (const frame of frames) {
    const parsed = eventSchema.safeParse(frame.kind === "event" ? frame.payload : undefined);
    if (!parsed.success) {
      continue;
    }
    const { contentBlockIndex, start, delta, ...rest } = parsed.data;
    end = { ...end, ...rest };
    if (contentBlockIndex !== undefined) {
      const block = blocks.get(contentBlockIndex) ?? {};
      blocks.set(contentBlockIndex, block);
      extend(block, start?.toolUse, delta);
    }
  }
  const content = [...blocks.values()].flatMap(wireBlock);
  return { output: { message: { role: "assistant", content } }, ...end };
}

function extend(
  block: Block,
  toolUse: Readonly<Record<string, unknown>> | undefined,
  delta: z.infer<typeof eventSchema>["delta"],
): void {
  if (toolUse !== undefined) {
    block.toolUse = { start: toolUse, input: "" };
  }
  if (delta?.text !== undefined) {
    block.text = (block.text ?? "") + delta.text;
  }
  if (delta?.toolUse !== undefined && block.toolUse !== undefined) {
    block.toolUse.input += delta.toolUse.input;
  }
  if (delta?.reasoningContent !== undefined) {
    const { text = "", signature, redactedContent } = delta.reasoningContent;
    block.reasoning ??= { text: "" };
    block.reasoning.text += text;
    if (signature !== undefined) {
      block.reasoning.signature = (block.reasoning.signature ?? "") + signature;
    }
    if (redactedContent !== undefined) {
      block.reasoning.redacted = (block.reasoning.redacted ?? "") + redactedContent;
    }
  }
}

function wireBlock(block: Block): readonly unknown[] {
  if (block.toolUse !== undefined) {
    return [{ toolUse: { ...block.toolUse.start, input: parseInput(block.toolUse.input) } }];
  }
  if (block.reasoning !== undefined) {
    const { text, signature, redacted } = block.reasoning;
    const reasoningText = { text, ...(signature === undefined ? {} : { signature }) };
    return [{ reasoningContent: redacted === undefined ? { reasoningText } : { redactedContent: redacted } }];
  }
  return block.text === undefined ? [] : [{ text: block.text }];
}

function parseInput(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}
