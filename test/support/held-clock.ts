import type { TestContext } from "node:test";

/** The real timers, before any test has taken their place. */
const { setTimeout: realTimeout } = globalThis;
const tickMs = 10;

export interface HeldClock {
  /** Lets the timers of the process run in real time until this has settled; then they stand still again. */
  runUntil(reached: Promise<unknown>): Promise<void>;
  /** Lets them run so many milliseconds further, at once. */
  advance(milliseconds: number): void;
  /** Gives the process its own timers back; before what ends the test needs them. */
  release(): void;
}

/**
 * Timers of the whole process that fire only when they are told to, the client's and the emulator's among them. Sockets,
 * immediates and `performance.now()` are real: what needs no timer happens all the same, and what needs one does not.
 */
export function holdClock(test: TestContext): HeldClock {
  const { timers } = test.mock;
  timers.enable({ apis: ["setTimeout", "setInterval"] });
  return {
    runUntil: async (reached) => {
      let isReached = false;
      const settled = reached.finally(() => {
        isReached = true;
      });
      while (!isReached) {
        await new Promise<void>((resolve) => {
          realTimeout(resolve, tickMs);
        });
        if (!isReached) timers.tick(tickMs);
      }
      await settled;
    },
    advance: (milliseconds) => timers.tick(milliseconds),
    release: () => timers.reset(),
  };
}
