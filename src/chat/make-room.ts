import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Answerer } from "../agent/run-turn.ts";
import { streamMessage } from "../agent/stream-message.ts";
import { type RequestParts, toModelRequest } from "../agent/to-converse/to-model-request.ts";
import type { Compaction } from "../protocol/compaction.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import { planSummary, planTrim, toSummarise } from "./compaction.ts";

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
}

/**
 * The next thing that makes the conversation shorter: old tool results to a line each first, which costs nothing, then
 * a summary by the model itself. Undefined: nothing is left to leave out. Throws `BrokenStream` where the summary fails.
 */
export async function makeRoom(options: RoomOptions): Promise<Room | undefined> {
  const { history, current, id } = options;
  const trim = planTrim(history, current);
  if (trim !== undefined) return { compaction: { kind: "trim", id, before: trim }, usage: null };
  const before = planSummary(history, current);
  if (before === undefined) return undefined;
  const { text, usage } = await summarise(toSummarise(history, before, current), options);
  return text === "" ? undefined : { compaction: { kind: "summary", id, before, text }, usage };
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
