import type { Timing } from "./timing.ts";
import { untilAborted } from "./until-aborted.ts";

/** The work was not done in its time. */
export class LimitReached extends Error {
  override readonly name = "LimitReached";
}

export interface Limit {
  readonly limitMs: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/**
 * Work that is given up after a time. Rejects with `LimitReached`, or with the signal's reason, also where the work does
 * not listen to the signal that it is given.
 */
export async function withinLimit<Result>(
  { limitMs, timing, signal }: Limit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const over = new AbortController();
  const both = AbortSignal.any([signal, limit.signal]);
  void timing.wait(limitMs, AbortSignal.any([signal, over.signal])).then(
    () => limit.abort(),
    () => undefined,
  );
  try {
    return await untilAborted(work(both), both);
  } catch (error) {
    signal.throwIfAborted();
    throw limit.signal.aborted ? new LimitReached() : error;
  } finally {
    over.abort();
  }
}
