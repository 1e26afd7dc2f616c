import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Emit } from "../protocol/chat-event.ts";
import { malformedAnswer } from "./malformed-answer.ts";
import { isModelError, type Model, type ModelError, type ModelRequest } from "./model.ts";
import type { RequestPace } from "./request-pace.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { BrokenStream, type StreamedMessage, streamMessage } from "./stream-message.ts";

export interface RetryLimits {
  /** Most automatic retries of one step; 0 = none. */
  readonly retries: number;
  /** Longest single wait in milliseconds. */
  readonly longestWaitMs: number;
}

/** The clock and the dice, so that tests need neither. */
export interface Timing {
  readonly now: () => number;
  /** [0, 1) */
  readonly random: () => number;
  /** Rejects with the signal's reason when aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** One attempt's model and request: made anew for each, since the user may switch the model while it waits. */
export interface Attempt {
  readonly model: Model;
  readonly request: ModelRequest;
  readonly pace: RequestPace;
}

export interface StepOptions {
  /** `failure` is that of the attempt before, where there was one. Throws a `ModelError`. */
  readonly attempt: (failure: ModelError | undefined) => Promise<Attempt>;
  readonly step: number;
  /** 1, or higher where an earlier, failed run of the same step is to be replaced on the screen. */
  readonly firstAttempt: number;
  /** The text that an earlier, failed run of the same step left on the screen. */
  readonly shown: Message | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly uniqueId: (toolUseId: string) => string;
  readonly streamingTitle: (toolName: string) => string;
  readonly limits: RetryLimits;
  readonly budget: RetryBudget;
  readonly timing: Timing;
}

/** More shown characters than this are not thrown away unasked: the user may continue behind them. */
const mostLostCharacters = 1_500;

/**
 * One step: attempts until one gives a whole message. A retry replaces what the failed attempt had shown; no tool ran
 * before, so nothing happens twice. Throws `BrokenStream`.
 */
export async function runStep(options: StepOptions): Promise<StreamedMessage> {
  const madeOf = new Map<string, number>();
  let { shown } = options;
  let failure: ModelError | undefined;
  let attempt: Attempt | undefined;
  let healed = 0;
  for (let made = 0; ; made++) {
    try {
      attempt = await options.attempt(failure);
      const streamed = await runAttempt(attempt, options.firstAttempt + made, options);
      options.budget.recovered();
      return streamed;
    } catch (error) {
      const broken = (error instanceof BrokenStream ? error : new BrokenStream(undefined, error)).after(shown);
      shown = broken.kept;
      failure = isModelError(broken.cause) ? broken.cause : undefined;
      if (failure === undefined) throw broken;
      const kind = failure.feature ?? failure.kind;
      const madeOfKind = madeOf.get(kind) ?? 0;
      const next: NextRetry = { failure, broken, made: made - healed, madeOfKind, pace: attempt?.pace };
      if (!mayRetry(next, options)) throw broken;
      await waitBeforeRetry(next, options);
      madeOf.set(kind, madeOfKind + 1);
      if (failure.feature !== undefined) healed++;
    }
  }
}

async function runAttempt({ model, request, pace }: Attempt, attempt: number, options: StepOptions) {
  const { emit, signal, step, timing } = options;
  signal.throwIfAborted();
  for (let hold = pace.hold(timing.now()); hold !== undefined; hold = pace.hold(timing.now())) {
    emit({ type: "pace", ...hold, at: timing.now() });
    await timing.wait(hold.delayMs, signal);
  }
  emit({ type: "step-start", step, attempt, at: timing.now() });
  const answered = pace.send(timing.now());
  const streamed = await streamMessage({ ...options, model, request, now: timing.now });
  answered(streamed.usage);
  const malformed = malformedAnswer(streamed);
  if (malformed === undefined) return streamed;
  const { stopReason, usage } = streamed;
  emit({ type: "step-end", stopReason, usage, at: timing.now(), rejected: true });
  throw new BrokenStream(undefined, malformed, { shown: true });
}

interface NextRetry {
  readonly failure: ModelError;
  readonly broken: BrokenStream;
  /** Retries of this step so far, those without a feature not counted; and those after a failure of this kind. */
  readonly made: number;
  readonly madeOfKind: number;
  readonly pace: RequestPace | undefined;
}

/** The next request is another one: without what the model refused, or with new credentials or the right time. */
function isPutRight({ feature, retry }: ModelError): boolean {
  return feature !== undefined || (retry.silentFirst === true && retry.baseMs === 0);
}

/** Whether another attempt may help, as far as kind, settings, what was shown and the turn's budget allow. */
function mayRetry({ failure, broken, made, madeOfKind }: NextRetry, options: StepOptions): boolean {
  if (options.signal.aborted || broken.shown > mostLostCharacters) return false;
  if (isPutRight(failure)) return madeOfKind < failure.retry.most;
  if (made >= options.limits.retries || madeOfKind >= failure.retry.most) return false;
  return options.budget.take(options.timing.now());
}

/** Exponential with full jitter over the upper half, `Retry-After` honoured, never longer than the limit. */
async function waitBeforeRetry(next: NextRetry, options: StepOptions): Promise<void> {
  const { failure, broken, made, madeOfKind, pace } = next;
  const { emit, signal, timing, limits } = options;
  if (failure.feature !== undefined) {
    emit({ type: "notice", text: `${failure.error.message} It was asked again without.`, at: timing.now() });
    return;
  }
  // A connection that died before it said anything is asked again at once, and nobody need know.
  if (failure.retry.silentFirst && made === 0 && broken.isSilent) return;
  const ceiling = failure.retry.baseMs * 2 ** madeOfKind;
  const jittered = ceiling * (0.5 + timing.random() / 2);
  const delayMs = Math.round(Math.min(limits.longestWaitMs, Math.max(jittered, failure.retry.afterMs ?? 0)));
  const retries = Math.min(limits.retries, made + failure.retry.most - madeOfKind);
  const now = timing.now();
  if (failure.kind === "throttled") pace?.throttled(failure.error.detail ?? "", delayMs, now);
  emit({ type: "retry-scheduled", error: broken.tell(failure.error), retry: made + 1, retries, delayMs, at: now });
  try {
    await timing.wait(delayMs, signal);
  } catch {
    throw broken;
  }
}
