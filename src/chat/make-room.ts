import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Answerer } from "../agent/run-turn.ts";
import { streamMessage } from "../agent/stream-message.ts";
import { type RequestParts, toModelRequest } from "../agent/to-converse/to-model-request.ts";
import type { Compaction, TokenEstimates } from "../protocol/compaction.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import { applyCompaction, planSummary, planTrim, toSummarise } from "./compaction.ts";
import { estimateTokens } from "./estimate-tokens.ts";

export interface RoomOptions extends RequestParts {
  readonly current: Compaction | undefined;
  readonly id: number;
  readonly answerer: () => Promise<Answerer>;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

export interface Room {
  readonly compaction: Compaction;
  readonly usage: TokenUsage | null;
  readonly tokens: TokenEstimates;
}

/**
 * The next thing that makes the conversation shorter: old tool results to a line each first, which costs nothing, then
 * a summary by the model itself. Undefined: nothing is left to leave out. Throws `BrokenStream` where the summary fails.
 */
export async function makeRoom(options: RoomOptions): Promise<Room | undefined> {
  const { history, current, id } = options;
  const trim = planTrim(history, current);
  if (trim !== undefined) return toRoom({ kind: "trim", id, before: trim }, null, options);
  const before = planSummary(history, current);
  if (before === undefined) return undefined;
  const { text, usage } = await summarise(toSummarise(history, before, current), options);
  return text === "" ? undefined : toRoom({ kind: "summary", id, before, text }, usage, options);
}

function toRoom(compaction: Compaction, usage: TokenUsage | null, { history, current }: RoomOptions): Room {
  const before = estimateTokens(applyCompaction(history, current));
  return { compaction, usage, tokens: { before, after: estimateTokens(applyCompaction(history, compaction)) } };
}

/** One model call that shows nothing and runs nothing. */
async function summarise(history: readonly Message[], options: RoomOptions) {
  const { answerer, signal, now } = options;
  const { model, pace } = await answerer();
  const answered = pace.send(now());
  const { message, usage } = await streamMessage({
    model,
    request: toModelRequest({ ...options, history }, model.capabilities),
    emit: () => undefined,
    signal,
    uniqueId: (toolUseId) => toolUseId,
    streamingTitle: (name) => name,
    now,
  });
  answered(usage);
  const text = (message.content ?? []).map((block) => block.text ?? "").join("");
  return { text: text.trim(), usage };
}
