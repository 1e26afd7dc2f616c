import type { TaskResult, TaskRunner, WorkspaceTask } from "../../src/tools/task-runner.ts";

/** What a task of the fake does: prints, then ends so; `never` waits for the signal. */
export interface FakeTask {
  readonly task: WorkspaceTask;
  readonly prints?: readonly string[];
  readonly result: TaskResult | "never";
}

/** Tasks whose runs are written down beforehand. */
export class FakeTaskRunner implements TaskRunner {
  readonly endOfBackground = "the user can end it in its terminal";
  /** Labels in the order in which they were run. */
  readonly ran: string[] = [];
  readonly #tasks: readonly FakeTask[];

  constructor(tasks: readonly FakeTask[]) {
    this.#tasks = tasks;
  }

  async list(): Promise<readonly WorkspaceTask[]> {
    return this.#tasks.map(({ task }) => task);
  }

  async run(task: WorkspaceTask, signal: AbortSignal, output: (text: string) => void): Promise<TaskResult> {
    const found = this.#tasks.find((candidate) => candidate.task === task);
    if (found === undefined) throw new Error(`"${task.label}" was not listed`);
    this.ran.push(task.label);
    for (const text of found.prints ?? []) output(text);
    return found.result === "never" ? untilAborted(signal) : found.result;
  }
}

/** A shell task for the fake. */
export function fakeTask(label: string, changes: Partial<WorkspaceTask> = {}): WorkspaceTask {
  return {
    label,
    source: "Workspace",
    summary: `run ${label}`,
    details: [{ label: "Command line", value: `run ${label}` }],
    files: [],
    isResolvedByCommand: false,
    isBackground: false,
    ...changes,
  };
}

/** The result of a task that ended with this exit code. */
export function exited(exitCode: number): TaskResult {
  return { ending: { kind: "exited", exitCode }, outputSeen: true, diagnostics: [] };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
