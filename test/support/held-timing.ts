import type { Timing } from "../../src/agent/timing.ts";

export interface HeldTiming extends Timing {
  /** Waits that have begun and not ended. */
  readonly waiting: readonly number[];
  /** Resolves when the next wait has begun, with its milliseconds. */
  readonly nextWait: () => Promise<number>;
}

/** A clock that stands still: a wait ends only when it is aborted. */
export function heldTiming(): HeldTiming {
  const waiting: number[] = [];
  let begun: (milliseconds: number) => void = () => undefined;
  return {
    waiting,
    nextWait: () =>
      new Promise((resolve) => {
        begun = resolve;
      }),
    now: () => 1_000,
    random: () => 0.5,
    wait: (milliseconds, signal) =>
      new Promise((_, reject) => {
        signal.throwIfAborted();
        waiting.push(milliseconds);
        const end = (): void => {
          waiting.splice(waiting.indexOf(milliseconds), 1);
          reject(signal.reason);
        };
        signal.addEventListener("abort", end, { once: true });
        begun(milliseconds);
      }),
  };
}
