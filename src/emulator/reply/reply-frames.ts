import { createHash } from "node:crypto";
import type { CacheUsage } from "../cache/prompt-cache.ts";
import type { RawEvent, Reply, ToolUseReply, Usage } from "../script-schema.ts";
import type { ConverseRequest } from "../validation/request-shape.ts";
import type { StreamFrame } from "../wire/stream-frame.ts";
import { countTokens } from "./count-tokens.ts";
import { signReasoning } from "./reasoning-signature.ts";

/** What a reply takes from the request that it answers. */
export interface ReplyContext {
  readonly inputTokens: number;
  /** Number of messages in the request: makes tool use ids differ from step to step. */
  readonly messageCount: number;
  /** Mistral wants ids of exactly nine letters and digits. */
  readonly shortToolUseIds: boolean;
  readonly request: ConverseRequest;
  /** What the prompt cache made of it; undefined where no cache point counts. */
  readonly cached: CacheUsage | undefined;
}

const defaultFragmentLength = 16;

/** The frames of a whole, fault-free stream for this reply, in the order in which Bedrock sends them. */
export function replyFrames(reply: Reply, context: ReplyContext): readonly StreamFrame[] {
  if (reply.events !== undefined) {
    return reply.events.map(rawFrame);
  }
  const delayMs = reply.tokensPerSecond === undefined ? 0 : 1000 / reply.tokensPerSecond;
  const blocks = contentBlocks(reply, context).flatMap((block, index) => blockFrames(block, index, reply, delayMs));
  const stopReason = reply.stopReason ?? ((reply.toolUses ?? []).length > 0 ? "tool_use" : "end_turn");
  const latencyMs = Math.round(delayMs * blocks.length + (reply.firstByteDelayMs ?? 0)) + 1;
  return [
    event("messageStart", { role: "assistant" }),
    ...blocks,
    event("messageStop", { stopReason }),
    event("metadata", {
      usage: reply.usage ?? computedUsage(reply, context),
      metrics: { latencyMs },
      ...(reply.trace !== undefined && { trace: reply.trace }),
      ...effective(reply, context.request),
    }),
  ];
}

/** What Bedrock used: what was asked for, unless the script says otherwise. */
function effective(reply: Reply, { serviceTier, performanceConfig }: ConverseRequest) {
  const tier = reply.serviceTier ?? serviceTier?.type;
  const latency = reply.latency ?? performanceConfig?.latency;
  return {
    ...(latency !== undefined && { performanceConfig: { latency } }),
    ...(tier !== undefined && { serviceTier: { type: tier } }),
  };
}

interface Block {
  readonly kind: "text" | "reasoning" | "toolUse";
  readonly start: unknown;
  readonly deltas: readonly unknown[];
}

function contentBlocks(reply: Reply, context: ReplyContext): readonly Block[] {
  const blocks: Block[] = [];
  if (reply.reasoning !== undefined) {
    blocks.push({ kind: "reasoning", start: { reasoningContent: {} }, deltas: reasoningDeltas(reply.reasoning) });
  }
  if (reply.text !== undefined) {
    blocks.push({ kind: "text", start: {}, deltas: textDeltas(reply.text).map((text) => ({ text })) });
  }
  for (const [index, toolUse] of (reply.toolUses ?? []).entries()) {
    const toolUseId = toolUse.toolUseId ?? makeToolUseId(toolUse, index, context);
    blocks.push({
      kind: "toolUse",
      start: { toolUse: { toolUseId, name: toolUse.name } },
      deltas: inputFragments(toolUse).map((input) => ({ toolUse: { input } })),
    });
  }
  return blocks;
}

function blockFrames(block: Block, index: number, reply: Reply, delayMs: number): readonly StreamFrame[] {
  const started = block.kind === "toolUse" || reply.blockStarts === true;
  return [
    ...(started ? [event("contentBlockStart", { contentBlockIndex: index, start: block.start })] : []),
    ...block.deltas.map((delta) => event("contentBlockDelta", { contentBlockIndex: index, delta }, delayMs)),
    event("contentBlockStop", { contentBlockIndex: index }),
  ];
}

function reasoningDeltas(reasoning: NonNullable<Reply["reasoning"]>): readonly unknown[] {
  if (reasoning.redacted !== undefined) {
    return [{ reasoningContent: { redactedContent: reasoning.redacted } }];
  }
  const texts = textDeltas(reasoning.text ?? "");
  const signature = reasoning.signature ?? signReasoning(texts.join(""));
  return [
    ...texts.map((text) => ({ reasoningContent: { text } })),
    ...(signature === "" ? [] : [{ reasoningContent: { signature } }]),
  ];
}

/** Words with the white space before them, or the deltas that the reply spells out. */
function textDeltas(text: string | readonly string[]): readonly string[] {
  return typeof text === "string" ? (text.match(/\s*\S+|\s+/gu) ?? []) : text;
}

function inputFragments(toolUse: ToolUseReply): readonly string[] {
  if (toolUse.inputFragments !== undefined) {
    return toolUse.inputFragments;
  }
  if (toolUse.input === undefined) {
    return [];
  }
  const text = JSON.stringify(toolUse.input);
  const length = toolUse.fragmentLength ?? defaultFragmentLength;
  return Array.from({ length: Math.ceil(text.length / length) }, (_, part) =>
    text.slice(part * length, (part + 1) * length),
  );
}

function makeToolUseId(toolUse: ToolUseReply, index: number, context: ReplyContext): string {
  const seed = JSON.stringify([context.messageCount, index, toolUse.name, toolUse.input ?? null]);
  const digest = createHash("sha256").update(seed).digest("hex");
  return context.shortToolUseIds ? digest.slice(0, 9) : `tooluse_${digest.slice(0, 22)}`;
}

function computedUsage(reply: Reply, context: ReplyContext): Usage {
  const spoken = [reply.reasoning?.text ?? "", reply.text ?? ""].flat();
  const inputs = (reply.toolUses ?? []).map((toolUse) => toolUse.name + inputFragments(toolUse).join(""));
  const outputTokens = countTokens([...spoken, ...inputs].join(""));
  const { cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = context.cached ?? {};
  const inputTokens = Math.max(0, context.inputTokens - cacheReadInputTokens - cacheWriteInputTokens);
  const totalTokens = inputTokens + cacheReadInputTokens + cacheWriteInputTokens + outputTokens;
  return { inputTokens, outputTokens, totalTokens, ...context.cached };
}

function event(type: string, payload: unknown, delayMs = 0): StreamFrame {
  return delayMs === 0 ? { kind: "event", type, payload } : { kind: "event", type, payload, delayMs };
}

function rawFrame(raw: RawEvent): StreamFrame {
  const delay = raw.delayMs === undefined ? {} : { delayMs: raw.delayMs };
  if (raw.error !== undefined) {
    return { kind: "error", code: raw.error, message: raw.message ?? "", ...delay };
  }
  const content = {
    ...(raw.payload === undefined ? {} : { payload: raw.payload }),
    ...(raw.body === undefined ? {} : { body: raw.body }),
    ...delay,
  };
  return raw.exception === undefined
    ? { kind: "event", type: raw.event ?? "", ...content }
    : { kind: "exception", type: raw.exception, ...content };
}
