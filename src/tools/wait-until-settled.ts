import { setTimeout as delay } from "node:timers/promises";
import type { TaskOutcome } from "./task-report.ts";
import type { TaskResult } from "./task-runner.ts";

/** Starts a task; calls back on everything that it prints. */
export type StartTask = (signal: AbortSignal, onOutput: () => void) => Promise<TaskResult>;

const STEP_MS = 250;
/** A watcher that has printed something and then nothing for this long has done its first round. */
const QUIET_STEPS = 8;
const MOST_STEPS = 40;

/**
 * Waits for a background task only until it has ended, has been quiet for 2 s after its first output, or 10 s have passed; then it goes on
 * without us, until what `end` says. Until then the signal ends it.
 */
export async function waitUntilSettled(start: StartTask, end: string, signal: AbortSignal): Promise<TaskOutcome> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  let quietSteps: number | undefined;
  try {
    signal.throwIfAborted();
    const run = start(controller.signal, () => {
      quietSteps = 0;
    }).then((result): TaskOutcome => ({ kind: "finished", result }));
    // Left running, it may fail when nobody waits any more.
    run.catch(() => undefined);
    for (let step = 0; step < MOST_STEPS && (quietSteps ?? 0) < QUIET_STEPS; step++) {
      const outcome = await Promise.race([run, delay(STEP_MS)]);
      if (outcome !== undefined) return outcome;
      if (quietSteps !== undefined) quietSteps++;
    }
    return { kind: "running", end };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
