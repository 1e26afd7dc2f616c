import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import type { ModelRequest } from "../agent/model.ts";
import type { ContextUse } from "../protocol/context-use.ts";
import { promptTokens, type TokenUsage } from "../protocol/token-usage.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { isAttachmentText } from "./prompt.ts";

/** Tokens of a request by what they are for. */
export type Segments = Omit<ContextUse, "window" | "reserved" | "counted">;

/** About how many tokens each part of a request takes. */
export function estimateSegments({ messages, system, toolConfig }: ModelRequest): Segments {
  const all = messages ?? [];
  const attachments = estimateTokens(all.map(attachedOnly));
  return {
    system: estimateText(system),
    tools: estimateText(toolConfig),
    history: estimateTokens(all) - attachments,
    attachments,
  };
}

/**
 * What the next request will begin with, answer included. Where the service counted, the sum is its own, shared out as
 * the estimates are; `fixed`: its own count of the system prompt and the tools.
 */
export function contextUse(
  estimated: Segments,
  usage: TokenUsage | null,
  window: number,
  fixed?: number | undefined,
): ContextUse {
  const scaled = usage === null ? estimated : scale(estimated, promptTokens(usage), fixed);
  const answer = usage?.outputTokens ?? 0;
  return { ...scaled, history: scaled.history + answer, window, ...(usage !== null && { counted: true }) };
}

function scale(estimated: Segments, counted: number, fixed: number | undefined): Segments {
  const { system, tools, history, attachments } = estimated;
  const known = fixed === undefined || fixed > counted ? undefined : fixed;
  const own = system + tools;
  const talk = history + attachments;
  const ownShare = known ?? (own + talk === 0 ? 0 : (counted * own) / (own + talk));
  const ofOwn = (part: number): number => (own === 0 ? 0 : Math.round((ownShare * part) / own));
  const ofTalk = (part: number): number => (talk === 0 ? 0 : Math.round(((counted - ownShare) * part) / talk));
  const attached = ofTalk(attachments);
  const systemShare = ofOwn(system);
  const toolShare = ofOwn(tools);
  return {
    system: systemShare,
    tools: toolShare,
    attachments: attached,
    history: counted - attached - systemShare - toolShare,
  };
}

function attachedOnly({ role, content = [] }: Message): Message {
  return { role, content: role === "user" ? content.filter(isAttached) : [] };
}

function isAttached({ text, image, document }: ContentBlock): boolean {
  return image !== undefined || document !== undefined || (text !== undefined && isAttachmentText(text));
}

function estimateText(value: unknown): number {
  return value === undefined ? 0 : estimateTokens([{ role: "user", content: [{ text: JSON.stringify(value) }] }]);
}
