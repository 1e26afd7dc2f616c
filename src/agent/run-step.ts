import type { Emit } from "../protocol/chat-event.ts";
import { isModelError, type ModelError } from "./model.ts";
import { BrokenStream, type StreamedMessage, type StreamMessageOptions, streamMessage } from "./stream-message.ts";

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

export interface StepOptions extends Omit<StreamMessageOptions, "now"> {
  readonly step: number;
  /** 1, or higher where an earlier, failed run of the same step is to be replaced on the screen. */
  readonly firstAttempt: number;
  readonly limits: RetryLimits;
  readonly timing: Timing;
}

/**
 * One step: attempts until one gives a whole message. A retry sends the identical request and replaces what the
 * failed attempt had shown; no tool ran before, so nothing happens twice. Throws `BrokenStream`.
 */
export async function runStep(options: StepOptions): Promise<StreamedMessage> {
  const { step, emit, signal, timing, limits } = options;
  for (let retry = 0; ; retry++) {
    emit({ type: "step-start", step, attempt: options.firstAttempt + retry, at: timing.now() });
    try {
      return await streamMessage({ ...options, now: timing.now });
    } catch (error) {
      const failure = retryable(error, signal);
      if (failure === undefined || retry >= Math.min(limits.retries, failure.retry.most)) throw error;
      await waitBeforeRetry(failure, retry + 1, { emit, signal, timing, limits, error });
    }
  }
}

function retryable(error: unknown, signal: AbortSignal): ModelError | undefined {
  if (signal.aborted) return undefined;
  const cause = error instanceof BrokenStream ? error.cause : error;
  return isModelError(cause) ? cause : undefined;
}

interface Wait {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly timing: Timing;
  readonly limits: RetryLimits;
  readonly error: unknown;
}

/** Exponential with full jitter over the upper half, `Retry-After` honoured, never longer than the limit. */
async function waitBeforeRetry(failure: ModelError, retry: number, wait: Wait): Promise<void> {
  const { emit, signal, timing, limits } = wait;
  const ceiling = failure.retry.baseMs * 2 ** (retry - 1);
  const jittered = ceiling * (0.5 + timing.random() / 2);
  const delayMs = Math.round(Math.min(limits.longestWaitMs, Math.max(jittered, failure.retry.afterMs ?? 0)));
  const retries = Math.min(limits.retries, failure.retry.most);
  emit({ type: "retry-scheduled", error: failure.error, retry, retries, delayMs, at: timing.now() });
  try {
    await timing.wait(delayMs, signal);
  } catch {
    throw wait.error;
  }
}
