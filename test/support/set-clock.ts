import type { Timing } from "../../src/agent/timing.ts";

export interface SetClock {
  readonly now: () => number;
  readonly timing: Timing;
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is set; nothing waits by it. */
export function setClock(): SetClock {
  let time = 1_000_000;
  const now = (): number => time;
  return {
    now,
    timing: { now, random: () => 0.5, wait: async () => undefined },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
