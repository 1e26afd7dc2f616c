import * as z from "zod";

/** A script for the emulator, as its JSON file holds it. docs/emulator.md describes every key with examples. */

const milliseconds = z.number().min(0).max(86_400_000);
const count = z.int().min(0);
const json = z.json();

const usageSchema = z.strictObject({
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  cacheReadInputTokens: count.optional(),
  cacheWriteInputTokens: count.optional(),
  cacheDetails: z.array(z.strictObject({ ttl: z.enum(["5m", "1h"]), inputTokens: count })).optional(),
});

const reasoningSchema = z.strictObject({
  /** An array gives the deltas one by one. */
  text: z.union([z.string(), z.array(z.string())]).optional(),
  /** Left out: the emulator signs the text and later refuses it when it comes back changed. `""`: no signature. */
  signature: z.string().optional(),
  /** Base64 of the redacted bytes; such a block has neither text nor signature. */
  redacted: z.base64().optional(),
});

const toolUseSchema = z.strictObject({
  name: z.string(),
  /** Left out: the block has no input delta at all. */
  input: json.optional(),
  toolUseId: z.string().optional(),
  /** The input's JSON text, delta by delta, instead of `input`. */
  inputFragments: z.array(z.string()).optional(),
  /** UTF-16 units per delta of `input`. Default 16. */
  fragmentLength: z.int().min(1).optional(),
});

const rawEventSchema = z
  .strictObject({
    /** `:event-type`, known or not. */
    event: z.string().min(1).optional(),
    /** `:exception-type`. */
    exception: z.string().min(1).optional(),
    /** `:error-code`, with `message` as `:error-message`. */
    error: z.string().min(1).optional(),
    message: z.string().optional(),
    payload: json.optional(),
    /** Raw text instead of the JSON payload. */
    body: z.string().optional(),
    delayMs: milliseconds.optional(),
  })
  .refine((raw) => [raw.event, raw.exception, raw.error].filter((name) => name !== undefined).length === 1, {
    error: "exactly one of event, exception and error must be given",
  });

const headersSchema = z.record(z.string(), z.string());
/** Number of frames that are sent before the fault. */
const afterEvents = count.default(0);

const httpErrorSchema = z.strictObject({
  kind: z.literal("http-error"),
  status: z.int().min(300).max(599),
  /** `aws`: `x-amzn-errortype` and `{"message"}`; `gateway`: Kong's `{"message","request_id"}`; `html`: an error page. */
  shape: z.enum(["aws", "gateway", "html"]).default("aws"),
  /** Exception name in the `aws` shape. */
  type: z.string().optional(),
  message: z.string().optional(),
  headers: headersSchema.optional(),
  /** Replaces the body altogether. */
  body: z.string().optional(),
});

const faultSchema = z.discriminatedUnion("kind", [
  httpErrorSchema,
  z.strictObject({
    kind: z.literal("exception"),
    type: z.string().min(1),
    message: z.string().optional(),
    payload: json.optional(),
    body: z.string().optional(),
    afterEvents,
  }),
  z.strictObject({ kind: z.literal("error-frame"), code: z.string(), message: z.string().default(""), afterEvents }),
  z.strictObject({ kind: z.literal("reset"), beforeHeaders: z.boolean().optional(), afterEvents }),
  z.strictObject({ kind: z.literal("fin"), afterEvents, midFrame: z.boolean().optional() }),
  z.strictObject({ kind: z.literal("truncate"), afterEvents, midFrame: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal("stall"),
    beforeHeaders: z.boolean().optional(),
    afterEvents,
    /** Left out: for ever. */
    forMs: milliseconds.optional(),
  }),
  z.strictObject({ kind: z.literal("bad-checksum"), afterEvents }),
  z.strictObject({ kind: z.literal("no-message-stop") }),
  z.strictObject({ kind: z.literal("empty-body") }),
  z.strictObject({ kind: z.literal("wrong-body"), body: z.enum(["json", "sse", "html"]) }),
]);

const replyShape = {
  text: z.union([z.string(), z.array(z.string())]).optional(),
  reasoning: reasoningSchema.optional(),
  toolUses: z.array(toolUseSchema).optional(),
  stopReason: z.string().optional(),
  usage: usageSchema.optional(),
  /** The whole stream, frame by frame, instead of text, reasoning, toolUses, stopReason and usage. */
  events: z.array(rawEventSchema).optional(),
  /** `metadata.trace`, such as a guardrail's. */
  trace: z.record(z.string(), json).optional(),
  /** The tier and latency that `metadata` says were used. Default: what was asked for. */
  serviceTier: z.enum(["priority", "default", "flex", "reserved"]).optional(),
  latency: z.enum(["standard", "optimized"]).optional(),
  /** Send `contentBlockStart` for text and reasoning too, as some gateways do; Bedrock does not. */
  blockStarts: z.boolean().optional(),
  /** Wait before the response head, which is when a model begins to answer. */
  firstByteDelayMs: milliseconds.optional(),
  /** Deltas of text, reasoning and tool input per second. Left out: no waiting. */
  tokensPerSecond: z.number().positive().optional(),
  chunking: z.strictObject({ bytes: z.int().min(1) }).optional(),
  fault: faultSchema.optional(),
};

function onlyOneForm(reply: Readonly<Record<string, unknown>>): boolean {
  const shorthand = ["text", "reasoning", "toolUses", "stopReason", "usage", "trace", "blockStarts"];
  return reply["events"] === undefined || shorthand.every((key) => reply[key] === undefined);
}

const matchSchema = z.strictObject({
  /** Each is a part of the text that must occur (case counts). */
  userText: z.string().optional(),
  toolResult: z.string().optional(),
  modelId: z.string().optional(),
});

const scriptedReplySchema = z.strictObject({ ...replyShape, match: matchSchema.optional() }).refine(onlyOneForm, {
  error: "events cannot be mixed with text, reasoning, toolUses, stopReason, usage, trace, blockStarts",
});

/** A guardrail of the account: it judges every request and every answer, and looks for words whatever their case. */
const guardrailSchema = z.strictObject({
  blockedWords: z.array(z.string().min(1)).min(1),
  /** `async`: the model's text goes out first, and the guardrail's words come behind it. */
  mode: z.enum(["sync", "async"]).default("sync"),
  /** What is said in place of an answer. */
  inputMessage: z.string().default("The guardrail blocked your prompt."),
  outputMessage: z.string().default("The guardrail blocked this answer."),
  /** False: as where the guardrail's trace is off. */
  trace: z.boolean().default(true),
});

const availability = z.enum(["AVAILABLE", "NOT_AVAILABLE"]).optional();

const controlPlaneSchema = z.strictObject({
  /** Answers to the operations that are named, such as `ListInferenceProfiles`, or to every request. */
  fault: httpErrorSchema.optional(),
  operations: z.array(z.string()).optional(),
  /** What GetFoundationModelAvailability says of every model; left out: that it may be used. */
  availability: z
    .strictObject({
      agreement: z.enum(["AVAILABLE", "PENDING", "NOT_AVAILABLE", "ERROR"]).optional(),
      authorization: z.enum(["AUTHORIZED", "NOT_AUTHORIZED"]).optional(),
      entitlement: availability,
      region: availability,
    })
    .optional(),
});

export const scriptSchema = z.strictObject({
  replies: z.array(scriptedReplySchema).min(1),
  /** When every reply is used up, the last one answers again. Default: 404. */
  repeatLast: z.boolean().optional(),
  guardrail: guardrailSchema.optional(),
  controlPlane: controlPlaneSchema.optional(),
  /** IAM actions that nothing allows, such as `bedrock:InvokeModelWithResponseStream`. */
  deny: z.array(z.string().startsWith("bedrock:")).optional(),
  /** IAM actions whose requests are taken and never answered. */
  hang: z.array(z.string().startsWith("bedrock:")).optional(),
});

/** A script as written: what has a default may be left out. */
export type Script = z.input<typeof scriptSchema>;
export type ParsedScript = z.output<typeof scriptSchema>;
/** What the emulated model answers to one request. */
export type Reply = Omit<z.input<typeof scriptedReplySchema>, "match">;
export type ScriptedGuardrail = z.output<typeof guardrailSchema>;
export type ReplyMatch = z.output<typeof matchSchema>;
export type RawEvent = z.input<typeof rawEventSchema>;
export type ToolUseReply = z.input<typeof toolUseSchema>;
export type Fault = z.output<typeof faultSchema>;
export type HttpErrorFault = z.output<typeof httpErrorSchema>;
export type Usage = z.output<typeof usageSchema>;

/** Checks a script. @throws Error naming every wrong key with its path. */
export function parseScript(value: unknown, source = "script"): ParsedScript {
  const result = scriptSchema.safeParse(value);
  if (!result.success) {
    throw new Error(`${source} is not a valid emulator script:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/** Fills in a fault's defaults. @throws ZodError for a fault that does not exist. */
export function parseFault(fault: Reply["fault"]): Fault | undefined {
  return fault === undefined ? undefined : faultSchema.parse(fault);
}
