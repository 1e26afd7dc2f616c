import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { ChatEvent } from "../protocol/chat-event.ts";

/** Version of the journal's format; the first line of every journal states it. */
export const journalVersion = 1;

const approvalRequest = z.object({
  id: z.string(),
  digest: z.string(),
  title: z.string(),
  details: z.array(z.object({ label: z.string(), value: z.string() })),
  reason: z.string(),
  scopes: z.array(z.enum(["once", "session"])),
});

const errorKinds = [
  "throttled",
  "server",
  "model_error",
  "model_timeout",
  "malformed_tool_use",
  "network",
  "truncated_stream",
  "empty_stream",
  "timeout_first_byte",
  "timeout_idle",
  "protocol",
  "context_overflow",
  "feature_unsupported",
  "validation",
  "auth",
  "credentials",
  "access_denied",
  "not_found",
  "quota",
  "proxy_auth",
  "gateway",
  "tls",
  "configuration",
  "unknown",
] as const;

const turnError = z.object({
  kind: z.enum(errorKinds),
  message: z.string(),
  detail: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  lastEvent: z.string().exactOptional(),
  actions: z.array(z.enum(["retry", "compact", "select-model", "open-settings", "try-demo", "show-log"])),
});

const connection = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("bedrock"),
    modelId: z.string(),
    region: z.string().exactOptional(),
    endpoint: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal("demo") }),
]);

const guardrail = z.object({
  blocked: z.boolean(),
  findings: z.array(
    z.object({
      side: z.enum(["input", "output"]),
      policy: z.enum(["topic", "content", "word", "sensitive-information", "grounding"]),
      name: z.string(),
      match: z.string().exactOptional(),
    }),
  ),
});

const outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("completed") }),
  z.object({ kind: z.literal("cancelled") }),
  z.object({ kind: z.literal("step-limit"), steps: z.number() }),
  z.object({ kind: z.literal("max-tokens") }),
  z.object({ kind: z.literal("stopped"), stopReason: z.string(), guardrail: guardrail.exactOptional() }),
  z.object({ kind: z.literal("failed"), error: turnError, cutOff: z.boolean().default(false) }),
  z.object({ kind: z.literal("interrupted") }),
]);

const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadInputTokens: z.number(),
  cacheWriteInputTokens: z.number(),
});

const attachment = z.object({
  id: z.string(),
  label: z.string(),
  path: z.string(),
  startLine: z.number(),
  endLine: z.number(),
});

const compaction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("trim"), id: z.number(), before: z.number() }),
  z.object({ kind: z.literal("summary"), id: z.number(), before: z.number(), text: z.string() }),
]);

const withheld = z.object({ message: z.number(), block: z.number(), reason: z.enum(["guardrail", "refused"]) });

const id = z.string();
const at = z.number();

const chatEventSchema: z.ZodType<ChatEvent> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("turn-start"),
    turnId: z.string(),
    prompt: z.string(),
    attachments: z.array(attachment),
    connection,
    at,
  }),
  z.object({
    type: z.literal("turn-resume"),
    at,
    kept: z.literal(true).exactOptional(),
    held: z.literal(true).exactOptional(),
  }),
  z.object({ type: z.literal("step-start"), step: z.number(), attempt: z.number(), at }),
  z.object({ type: z.literal("text-delta"), block: z.number(), text: z.string() }),
  z.object({ type: z.literal("reasoning-delta"), block: z.number(), text: z.string(), at, since: at.exactOptional() }),
  z.object({ type: z.literal("tool-start"), id, name: z.string(), title: z.string(), at }),
  z.object({ type: z.literal("tool-input-delta"), id, fragment: z.string() }),
  z.object({
    type: z.literal("tool-input"),
    id,
    input: z.string(),
    title: z.string(),
    intent: z.string().exactOptional(),
  }),
  z.object({ type: z.literal("tool-awaiting-approval"), id, request: approvalRequest, at }),
  z.object({ type: z.literal("tool-running"), id, at, allowedBy: z.string().exactOptional() }),
  z.object({ type: z.literal("tool-output"), id, text: z.string() }),
  z.object({
    type: z.literal("tool-end"),
    id,
    state: z.enum(["succeeded", "failed", "denied", "cancelled"]),
    title: z.string(),
    result: z.string(),
    at,
  }),
  z.object({
    type: z.literal("step-end"),
    stopReason: z.string(),
    usage: usage.nullable(),
    at,
    rejected: z.literal(true).exactOptional(),
  }),
  z.object({
    type: z.literal("retry-scheduled"),
    error: turnError,
    retry: z.number(),
    retries: z.number(),
    delayMs: z.number(),
    at,
  }),
  z.object({
    type: z.literal("silence"),
    phase: z.enum(["first-byte", "thinking", "text", "tool-input"]),
    silentMs: z.number(),
    limitMs: z.number(),
    at,
  }),
  z.object({
    type: z.literal("pace"),
    reason: z.enum(["back-off", "tokens-per-minute", "requests-per-minute"]),
    delayMs: z.number(),
    limit: z.number().exactOptional(),
    at,
  }),
  z.object({ type: z.literal("notice"), text: z.string(), at, connection: connection.exactOptional() }),
  z.object({ type: z.literal("retracted"), text: z.string(), at }),
  z.object({ type: z.literal("withheld"), places: z.array(withheld), at }),
  z.object({
    type: z.literal("compaction"),
    compaction,
    usage: usage.nullable(),
    tokens: z.object({ before: z.number(), after: z.number() }).exactOptional(),
    at,
  }),
  z.object({ type: z.literal("compaction-undone"), id: z.number(), at }),
  z.object({ type: z.literal("turn-end"), outcome, at }),
]);

/** The SDK's unions are open (`$unknown`), so only the shape that the loop relies on is checked. */
const message = z.custom<Message>(
  (value) =>
    z.object({ role: z.enum(["user", "assistant"]), content: z.array(z.looseObject({})) }).safeParse(value).success,
  "not a message",
);

const record = z.union([
  z.object({ journal: z.literal(journalVersion), sessionId: z.string() }),
  z.object({ event: chatEventSchema }),
  z.object({ message }),
]);

export type JournalRecord =
  | { readonly journal: typeof journalVersion; readonly sessionId: string }
  | { readonly event: ChatEvent }
  | { readonly message: Message };

/** One line of a journal. Bytes are `{"$bytes": base64}`: JSON has none. Throws where the line is not a record. */
export function parseRecord(line: string): JournalRecord {
  const value: unknown = JSON.parse(line, reviveBytes);
  return record.parse(value);
}

export function serializeRecord(value: JournalRecord): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member instanceof Uint8Array ? { $bytes: Buffer.from(member).toString("base64") } : member,
  );
}

function reviveBytes(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$bytes" in value)) return value;
  return typeof value.$bytes === "string" ? new Uint8Array(Buffer.from(value.$bytes, "base64")) : value;
}
