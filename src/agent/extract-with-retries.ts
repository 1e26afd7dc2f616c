import { type Extraction, type ExtractOptions, extract } from "./extract.ts";
import { isModelError, type ModelError } from "./model.ts";
import { BrokenStream } from "./stream-message.ts";
import type { Timing } from "./timing.ts";

export interface RetriedOptions<Value> extends Omit<ExtractOptions<Value>, "now"> {
  readonly timing: Timing;
  /** Most retries. */
  readonly retries: number;
  /** Longest wait for one, in milliseconds. */
  readonly longestWaitMs: number;
}

/** As `extract`, a call that failed sent again where the failure allows it. Throws the last failure itself. */
export async function extractWithRetries<Value>(options: RetriedOptions<Value>): Promise<Extraction<Value>> {
  const { timing, retries, longestWaitMs, ...own } = options;
  for (let failed = 0; ; failed += 1) {
    try {
      return await extract({ ...own, now: timing.now });
    } catch (error) {
      own.signal.throwIfAborted();
      const cause = error instanceof BrokenStream ? error.cause : error;
      if (!isModelError(cause) || failed >= Math.min(retries, cause.retry.most)) throw cause;
      await timing.wait(Math.min(longestWaitMs, waitOf(cause, failed)), own.signal);
    }
  }
}

function waitOf({ retry }: ModelError, failed: number): number {
  return retry.afterMs ?? retry.baseMs * 2 ** failed;
}
