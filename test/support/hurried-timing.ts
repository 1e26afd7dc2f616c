import { systemTiming } from "../../src/agent/system-timing.ts";
import type { Timing } from "../../src/agent/timing.ts";

/** Waits really, but briefly, and sets the clock forward by the rest. */
export function hurriedTiming(): Timing {
  const longestMs = 5;
  let skippedMs = 0;
  return {
    random: systemTiming.random,
    now: () => systemTiming.now() + skippedMs,
    wait: async (milliseconds, signal) => {
      await systemTiming.wait(Math.min(milliseconds, longestMs), signal);
      skippedMs += Math.max(0, milliseconds - longestMs);
    },
  };
}
