import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { ModelError } from "../agent/model.ts";
import { RetryBudget } from "../agent/retry-budget.ts";
import { runStep } from "../agent/run-step.ts";
import type { Answerer } from "../agent/run-turn.ts";
import type { RetryOptions } from "../agent/step-retries.ts";
import { BrokenStream, type StreamedMessage } from "../agent/stream-message.ts";
import { type RequestParts, toModelRequest } from "../agent/to-converse/to-model-request.ts";
import type { ChatEvent, Emit } from "../protocol/chat-event.ts";
import type { Compaction, TokenEstimates } from "../protocol/compaction.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import { applyCompaction, planSmallerSummary, planSummary, planTrim, toSummarise } from "./compaction.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { noSummary, nothingFits, readSummary } from "./read-summary.ts";
import { shortenedResults } from "./shortened-results.ts";

export interface RoomOptions extends RequestParts, Omit<RetryOptions, "budget"> {
  readonly current: Compaction | undefined;
  readonly id: number;
  readonly answerer: () => Promise<Answerer>;
}

export interface Room {
  readonly compaction: Compaction;
  readonly usage: TokenUsage | null;
  readonly tokens: TokenEstimates;
}

/**
 * The next thing that makes the conversation shorter: old tool results to a line each first, which costs nothing, then
 * a summary by the model itself, of less where even that does not fit. Undefined: nothing is left to leave out. Throws a
 * `ModelError` where no summary came about, or the signal's reason.
 */
export async function makeRoom(options: RoomOptions): Promise<Room | undefined> {
  const { history, current, id } = options;
  const trim = planTrim(history, current);
  if (trim !== undefined) {
    return toRoom({ kind: "trim", id, before: trim, shortened: shortenedResults(history, trim) }, null, options);
  }
  const before = planSummary(history, current);
  return before === undefined || !isWorthIt(before, options) ? undefined : summariseUpTo(before, options);
}

/** What a summary must save at least: it costs a model call and details. */
const leastSaving = 0.25;

/** Whether even the shortest summary of what ends at `before` would save enough. */
function isWorthIt(before: number, { history, current }: RoomOptions): boolean {
  const kept = estimateTokens(history.slice(before));
  return kept <= estimateTokens(applyCompaction(history, current)) * (1 - leastSaving);
}

async function summariseUpTo(planned: number, options: RoomOptions): Promise<Room> {
  const { history, current, id } = options;
  let before: number | undefined = planned;
  while (before !== undefined) {
    const read = readSummary(await askForSummary(toSummarise(history, before, current), options));
    if (read.kind === "summary") return toRoom({ kind: "summary", id, before, text: read.text }, read.usage, options);
    before = planSmallerSummary(history, before, current);
  }
  throw nothingFits();
}

function toRoom(compaction: Compaction, usage: TokenUsage | null, { history, current }: RoomOptions): Room {
  const before = estimateTokens(applyCompaction(history, current));
  return { compaction, usage, tokens: { before, after: estimateTokens(applyCompaction(history, compaction)) } };
}

/** What a summary's call tells on the screen: that it runs, and what it waits for. */
const told: ReadonlySet<ChatEvent["type"]> = new Set<ChatEvent["type"]>([
  "retry-scheduled",
  "pace",
  "silence",
  "notice",
]);

/** A step that shows nothing and runs nothing. "too-long": the request does not fit either. */
async function askForSummary(history: readonly Message[], options: RoomOptions): Promise<StreamedMessage | "too-long"> {
  const { answerer, emit, limits } = options;
  const quiet: Emit = (event) => {
    if (event.type === "step-start") emit({ type: "compacting", at: event.at });
    else if (told.has(event.type)) emit(event);
  };
  try {
    return await runStep({
      ...options,
      attempt: async () => {
        const { model, pace } = await answerer();
        return { model, pace, request: toModelRequest({ ...options, history }, model.capabilities) };
      },
      emit: quiet,
      hidden: true,
      budget: RetryBudget.for(limits),
      step: 1,
      firstAttempt: 1,
      shown: undefined,
      uniqueId: (toolUseId) => toolUseId,
      streamingTitle: (name) => name,
    });
  } catch (error) {
    options.signal.throwIfAborted();
    const cause = error instanceof BrokenStream ? error.cause : error;
    if (!(cause instanceof ModelError)) throw cause;
    if (cause.kind === "context_overflow") return "too-long";
    throw noSummary(cause);
  }
}
