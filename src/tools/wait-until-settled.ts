import { setTimeout as delay } from "node:timers/promises";
import { ReadyWatch } from "./ready-watch.ts";
import type { RunningProgram } from "./running/running-program.ts";
import type { TaskOutcome } from "./task-report.ts";
import type { TaskResult, TaskRunner, WorkspaceTask } from "./task-runner.ts";

const STEP_MS = 250;
/** A watcher that has printed something and then nothing for this long has done its first round. */
const QUIET_STEPS = 8;
const MOST_STEPS = 40;
/** One that says when it is ready is waited for longer: a minute. */
const MOST_READY_STEPS = 240;

/**
 * Waits for a background task only until it has ended or its first round is done; then it goes on without us. A task whose
 * problem matcher knows how a round ends has said so, or a minute has passed; any other has been quiet for 2 s after its
 * first output, or 10 s have passed. Until then the signal ends it.
 */
export async function waitUntilSettled(
  program: RunningProgram<TaskResult>,
  task: WorkspaceTask,
  { endOfBackground, problems }: Pick<TaskRunner, "endOfBackground" | "problems">,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const watch = new ReadyWatch(task.readyPatterns ?? []);
  let quietSteps: number | undefined;
  const stop = program.follow((text) => {
    quietSteps = 0;
    watch.push(text);
  });
  const isDone = (step: number): boolean =>
    watch.hasPatterns
      ? watch.isReady || step >= MOST_READY_STEPS
      : step >= MOST_STEPS || (quietSteps ?? 0) >= QUIET_STEPS;
  try {
    for (let step = 0; !isDone(step); step++) {
      await Promise.race([program.over, delay(STEP_MS, undefined, { signal }).catch(() => undefined)]);
      if (signal.aborted) await program.end(signal.reason);
      signal.throwIfAborted();
      const { state } = program;
      if (state.kind === "failed") throw state.error;
      if (state.kind === "ended") return { kind: "finished", result: state.end };
      if (quietSteps !== undefined) quietSteps++;
    }
    const ready = watch.hasPatterns ? { isReady: watch.isReady } : {};
    const diagnostics = (await problems?.(task)) ?? [];
    return { kind: "running", end: endOfBackground, id: program.id, diagnostics, ...ready };
  } finally {
    stop();
  }
}
