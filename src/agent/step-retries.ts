import type { Emit } from "../protocol/chat-event.ts";
import { t } from "../protocol/localize.ts";
import { type CallRecord, isModelError, type ModelError, type Stall } from "./model.ts";
import type { RequestPace } from "./request-pace.ts";
import type { RetryBudget } from "./retry-budget.ts";
import type { BrokenStream } from "./stream-message.ts";
import type { Timing } from "./timing.ts";

/** More shown characters than this are not thrown away unasked: the user may continue behind them. */
const mostLostCharacters = 1_500;

interface NextRetry {
  readonly failure: ModelError;
  readonly broken: BrokenStream;
  /** Retries that followed a failure of this kind. */
  readonly madeOfKind: number;
  readonly delayMs: number;
}

export interface RetryLimits {
  /** Most automatic retries of one step; 0 = none. */
  readonly retries: number;
  /** Longest single wait in milliseconds. */
  readonly longestWaitMs: number;
}

export interface RetryOptions {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly limits: RetryLimits;
  readonly budget: RetryBudget;
  readonly timing: Timing;
  /** Told of every failed call, retried or not. */
  readonly onFailure?: (record: CallRecord) => void;
}

/** What one step knows of its failed attempts, and by that whether and when it is tried again. */
export class StepRetries {
  readonly #options: RetryOptions;
  readonly #madeOf = new Map<string, number>();
  /** Retries of which the user was told; neither the silent one nor those without a refused feature are among them. */
  #told = 0;
  #wasSilent = false;
  #failed = 0;
  #problem: string | undefined;
  #spent: string | undefined;

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /** What was wrong with the tool calls of an attempt; the next ones ask for their repair. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether a stall now would not be retried. `shown`: characters of the answer on the screen. */
  isLast({ kind, most }: Stall, shown: number): boolean {
    const { limits, budget, timing } = this.#options;
    if (shown > mostLostCharacters || this.#told >= limits.retries) return true;
    return (this.#madeOf.get(kind) ?? 0) >= most || !budget.has(timing.now());
  }

  /** Resolves when the next attempt is due. Rejects with `broken` where there is none. */
  async prepare(broken: BrokenStream, pace: RequestPace | undefined): Promise<void> {
    const failure = isModelError(broken.cause) ? broken.cause : undefined;
    if (failure === undefined) throw broken;
    this.#failed++;
    if (failure.record !== undefined) this.#options.onFailure?.({ ...failure.record, attempt: this.#failed });
    if (failure.kind === "malformed_tool_use") this.#problem = failure.error.detail ?? failure.error.message;
    const kind = failure.feature ?? failure.kind;
    const madeOfKind = this.#madeOf.get(kind) ?? 0;
    const next: NextRetry = { failure, broken, madeOfKind, delayMs: this.#delay(failure, madeOfKind) };
    // Others learn of a throttle also where this step gives up.
    if (failure.kind === "throttled") {
      pace?.throttled(failure.error.detail ?? "", next.delayMs, this.#options.timing.now());
    }
    if (!this.#mayRetry(next)) throw this.#spent === undefined ? broken : broken.because(tell(failure, this.#spent));
    await this.#wait(next);
    this.#madeOf.set(kind, madeOfKind + 1);
  }

  /** Whether another attempt may help, as far as kind, settings, what was shown and the turn's budget allow. */
  #mayRetry({ failure, broken, madeOfKind }: NextRetry): boolean {
    const { signal, limits, budget, timing } = this.#options;
    if (signal.aborted || broken.shown > mostLostCharacters) return false;
    if (isPutRight(failure)) return madeOfKind < failure.retry.most;
    if (this.#told >= limits.retries || madeOfKind >= failure.retry.most) return false;
    if (budget.take(timing.now())) return true;
    this.#spent = budget.tellSpent(timing.now());
    return false;
  }

  /** Exponential with full jitter over the upper half, `Retry-After` honoured, never longer than the limit. */
  #delay({ retry }: ModelError, madeOfKind: number): number {
    const { timing, limits } = this.#options;
    const jittered = retry.baseMs * 2 ** madeOfKind * (0.5 + timing.random() / 2);
    return Math.round(Math.min(limits.longestWaitMs, Math.max(jittered, retry.afterMs ?? 0)));
  }

  async #wait({ failure, broken, madeOfKind, delayMs }: NextRetry): Promise<void> {
    const { emit, signal, timing, limits } = this.#options;
    const at = timing.now();
    if (failure.feature !== undefined) {
      emit({
        type: "notice",
        text: failure.lesson.healed ?? t("{0} It was asked again without.", failure.error.message),
        at,
      });
      return;
    }
    // A connection that died before it said anything is asked again at once, and nobody need know.
    if (failure.retry.silentFirst && this.#told === 0 && !this.#wasSilent && broken.isSilent) {
      this.#wasSilent = true;
      return;
    }
    const retries = Math.min(limits.retries, this.#told + failure.retry.most - madeOfKind);
    this.#told++;
    emit({ type: "retry-scheduled", error: broken.tell(failure.error), retry: this.#told, retries, delayMs, at });
    await timing.wait(delayMs, signal).catch(() => {
      throw broken;
    });
  }
}

/** The failure with why it is not retried by itself, so that the user may. */
function tell(failure: ModelError, why: string): ModelError {
  const { message, actions } = failure.error;
  return failure.retold({ message: `${message} ${why}`, actions: [...new Set(["retry", ...actions] as const)] });
}

/** The next request is another one: without what the model refused, or with new credentials or the right time. */
function isPutRight({ feature, retry }: ModelError): boolean {
  return feature !== undefined || (retry.silentFirst === true && retry.baseMs === 0);
}
