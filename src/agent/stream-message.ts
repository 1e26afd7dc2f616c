import type { ConverseStreamOutput, TokenUsage as ConverseUsage, Message } from "@aws-sdk/client-bedrock-runtime";
import type { Emit } from "../protocol/chat-event.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import { type AssembledToolUse, MessageAssembler } from "./message-assembler.ts";
import type { Model, ModelRequest } from "./model.ts";

export interface StreamedMessage {
  readonly message: Message;
  readonly toolUses: readonly AssembledToolUse[];
  readonly stopReason: string;
  /** Null where the stream reported none: unknown, not zero. */
  readonly usage: TokenUsage | null;
}

/** A stream that broke off: cancelled, failed, or ended without `messageStop`. `kept` is its text so far. */
export class BrokenStream extends Error {
  override readonly name = "BrokenStream";
  readonly kept: Message | undefined;

  constructor(kept: Message | undefined, cause: unknown) {
    super("The stream broke off.", { cause });
    this.kept = kept;
  }
}

export interface StreamMessageOptions {
  readonly model: Model;
  readonly request: ModelRequest;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Turns the model's `toolUseId` into one that is unique in the session. */
  readonly uniqueId: (toolUseId: string) => string;
  /** Title of a tool call whose input is still streaming. */
  readonly streamingTitle: (toolName: string) => string;
  readonly now: () => number;
}

/**
 * Consumes one attempt. Deltas go out at once; nothing here waits for the screen. Only `messageStop` makes a message
 * whole: the adapter throws where a stream ends without it. Throws `BrokenStream`.
 */
export async function streamMessage(options: StreamMessageOptions): Promise<StreamedMessage> {
  const assembler = new MessageAssembler(options.uniqueId);
  let stopReason: string | undefined;
  let usage: TokenUsage | null = null;
  try {
    for await (const event of options.model.converseStream(options.request, options.signal)) {
      if (event.messageStop !== undefined) stopReason = event.messageStop.stopReason ?? "unknown";
      else if (event.metadata !== undefined) usage = toTokenUsage(event.metadata.usage);
      else takeBlockEvent(event, assembler, options);
    }
    if (stopReason === undefined) throw new Error("The stream ended without messageStop.");
  } catch (error) {
    const text = assembler.finishedText();
    throw new BrokenStream(text.length === 0 ? undefined : { role: "assistant", content: [...text] }, error);
  }
  const { content, toolUses } = assembler.finish();
  return { message: { role: "assistant", content: [...content] }, toolUses, stopReason, usage };
}

function takeBlockEvent(event: ConverseStreamOutput, assembler: MessageAssembler, options: StreamMessageOptions): void {
  const { emit, now, streamingTitle } = options;
  if (event.contentBlockStart !== undefined) {
    const opened = assembler.start(event.contentBlockStart.contentBlockIndex, event.contentBlockStart.start);
    if (opened === undefined) return;
    emit({ type: "tool-start", ...opened, title: streamingTitle(opened.name), at: now() });
  } else if (event.contentBlockDelta !== undefined) {
    const delta = assembler.delta(event.contentBlockDelta.contentBlockIndex, event.contentBlockDelta.delta);
    if (delta.kind === "text") emit({ type: "text-delta", block: delta.block, text: delta.text });
    if (delta.kind === "reasoning") emit({ type: "reasoning-delta", block: delta.block, text: delta.text, at: now() });
    if (delta.kind === "tool-input") emit({ type: "tool-input-delta", id: delta.id, fragment: delta.fragment });
  } else if (event.contentBlockStop !== undefined) {
    assembler.stop(event.contentBlockStop.contentBlockIndex);
  }
}

function toTokenUsage(usage: ConverseUsage | undefined): TokenUsage | null {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null;
  return {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cacheReadInputTokens: usage.cacheReadInputTokens ?? 0,
    cacheWriteInputTokens: usage.cacheWriteInputTokens ?? 0,
  };
}
