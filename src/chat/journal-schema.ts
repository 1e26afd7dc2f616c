import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { ChatEvent } from "../protocol/chat-event.ts";
import {
  approvalRequest,
  attachment,
  compaction,
  connection,
  contextUse,
  cost,
  outcome,
  planItem,
  question,
  turnError,
  usage,
  withheld,
} from "./journal-parts.ts";

/** Version of the journal's format; the first line of every journal states it. */
export const journalVersion = 1;

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
  z.object({
    type: z.literal("text-delta"),
    block: z.number(),
    text: z.string(),
    at: at.exactOptional(),
    since: at.exactOptional(),
  }),
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
  z.object({ type: z.literal("tool-still-running"), id, endsAt: at.nullable(), at }),
  z.object({ type: z.literal("tool-output"), id, text: z.string() }),
  z.object({
    type: z.literal("tool-end"),
    id,
    state: z.enum(["succeeded", "failed", "denied", "cancelled"]),
    title: z.string(),
    result: z.string(),
    at,
    cutOff: z.literal(true).exactOptional(),
    warning: z.literal(true).exactOptional(),
  }),
  z.object({ type: z.literal("question"), id, question, at }),
  z.object({ type: z.literal("question-end"), id, at }),
  z.object({
    type: z.literal("choice"),
    mode: z.enum(["agent", "ask"]).exactOptional(),
    tools: z.record(z.string(), z.boolean()).exactOptional(),
    at,
  }),
  z.object({ type: z.literal("plan"), items: z.array(planItem), at }),
  z.object({
    type: z.literal("step-end"),
    stopReason: z.string(),
    usage: usage.nullable(),
    at,
    rejected: z.literal(true).exactOptional(),
    modelId: z.string().exactOptional(),
    cost: cost.exactOptional(),
    context: contextUse.exactOptional(),
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
    givesUp: z.literal(true).exactOptional(),
  }),
  z.object({
    type: z.literal("pace"),
    reason: z.enum(["back-off", "tokens-per-minute", "requests-per-minute"]),
    delayMs: z.number(),
    limit: z.number().exactOptional(),
    at,
  }),
  z.object({
    type: z.literal("served"),
    cache: z.object({ share: z.number(), detail: z.string(), endsAt: z.number() }).exactOptional(),
    differences: z.array(z.string()),
    at,
  }),
  z.object({
    type: z.literal("notice"),
    text: z.string(),
    at,
    connection: connection.exactOptional(),
    action: z.literal("failover").exactOptional(),
  }),
  z.object({
    type: z.literal("routed"),
    tier: z.enum(["fast", "frontier"]),
    reason: z.string(),
    connection,
    usage: usage.nullable(),
    at,
  }),
  z.object({ type: z.literal("title"), title: z.string(), usage: usage.nullable(), cost: cost.exactOptional(), at }),
  z.object({ type: z.literal("retracted"), text: z.string(), at }),
  z.object({ type: z.literal("withheld"), places: z.array(withheld), at }),
  z.object({ type: z.literal("compacting"), at }),
  z.object({
    type: z.literal("compaction"),
    compaction,
    usage: usage.nullable(),
    tokens: z.object({ before: z.number(), after: z.number() }).exactOptional(),
    cost: cost.exactOptional(),
    at,
  }),
  z.object({ type: z.literal("compaction-undone"), id: z.number(), at }),
  z.object({ type: z.literal("rewind"), turnId: z.string(), messages: z.int().min(0), at }),
  z.object({ type: z.literal("rewind-undone"), at }),
  z.object({ type: z.literal("turn-end"), outcome, at, cost: cost.exactOptional() }),
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
