import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { isObject } from "../protocol/is-object.ts";
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
  queuedPrompt,
  tokenEstimates,
  turnError,
  usage,
  withheld,
} from "./journal-parts.ts";
import { journalVersion, migrateRecord } from "./journal-versions.ts";
import { fromJson, toJson } from "./json-bytes.ts";
import type { Prompt } from "./prompt.ts";

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
    usage: usage,
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
    usage: usage,
    at,
  }),
  z.object({ type: z.literal("title"), title: z.string(), usage: usage, cost: cost.exactOptional(), at }),
  z.object({ type: z.literal("retracted"), text: z.string(), at }),
  z.object({ type: z.literal("withheld"), places: z.array(withheld), at }),
  z.object({ type: z.literal("compacting"), at }),
  z.object({
    type: z.literal("compaction"),
    compaction,
    usage: usage,
    tokens: tokenEstimates.exactOptional(),
    cost: cost.exactOptional(),
    at,
  }),
  z.object({ type: z.literal("compaction-undone"), id: z.number(), at }),
  z.object({ type: z.literal("rewind"), turnId: z.string(), messages: z.int().min(0), at }),
  z.object({ type: z.literal("rewind-undone"), at }),
  z.object({ type: z.literal("archived"), archived: z.boolean(), at }),
  z.object({ type: z.literal("queued"), prompt: queuedPrompt, at }),
  z.object({ type: z.literal("unqueued"), ids: z.array(z.string()), at }),
  z.object({ type: z.literal("steered"), id, prompt: z.string(), attachments: z.array(attachment), at }),
  z.object({ type: z.literal("turn-end"), outcome, at, cost: cost.exactOptional() }),
]);

/** The SDK's unions are open (`$unknown`), so only the shape that the loop relies on is checked; by hand, since a schema would copy half the file. */
const message = z.custom<Message>(
  (value) =>
    isObject(value) &&
    (value["role"] === "user" || value["role"] === "assistant") &&
    Array.isArray(value["content"]) &&
    value["content"].every(isObject),
  "not a message",
);

/** As `message`: what a prompt holds was written by ourselves. */
const promptShape = z.object({ text: z.string(), attachments: z.array(z.looseObject({})) });
const prompt = z.custom<Prompt>((value) => promptShape.safeParse(value).success, "not a prompt");

const header = z.object({ journal: z.literal(journalVersion), sessionId: z.string() });

/** By the member that only one kind of record has: asking one kind after the other takes half as long again. */
const kinds = {
  event: z.object({ event: chatEventSchema }),
  message: z.object({ message }),
  queued: z.object({ queued: z.string(), prompt }),
  untrusted: z.object({ untrusted: z.literal(true) }),
};

export type JournalRecord =
  | { readonly journal: typeof journalVersion; readonly sessionId: string }
  | { readonly event: ChatEvent }
  | { readonly message: Message }
  /** All of a prompt that waits, by the id that its event gives it. */
  | { readonly queued: string; readonly prompt: Prompt }
  /** From here on content from outside the workspace is in the conversation. */
  | { readonly untrusted: true };

/** One line of a journal of this version, or of an earlier one. Bytes are as `toJson` writes them. Throws where the line is not a record. */
export function parseRecord(line: string, version: number = journalVersion): JournalRecord {
  const value = fromJson(line);
  const record = version === journalVersion ? value : migrateRecord(value, version);
  return kindOf(record).parse(record);
}

function kindOf(record: unknown): z.ZodType<JournalRecord> {
  if (typeof record !== "object" || record === null) return header;
  if ("event" in record) return kinds.event;
  if ("message" in record) return kinds.message;
  if ("queued" in record) return kinds.queued;
  return "untrusted" in record ? kinds.untrusted : header;
}

export function serializeRecord(value: JournalRecord): string {
  return toJson(value);
}
