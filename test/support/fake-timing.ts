import type { Timing } from "../../src/agent/timing.ts";

export interface FakeTiming extends Timing {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: readonly number[];
}

/** A clock that stands still but for waits, which end at once. `random` is what the dice always show. */
export function fakeTiming(random = 0.5): FakeTiming {
  const waits: number[] = [];
  let now = 1_000;
  return {
    waits,
    now: () => now,
    random: () => random,
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}
