import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../agent/tool.ts";
import { numberLabels } from "../tools/number-labels.ts";
import type { TaskResult, TaskRunner, WorkspaceTask } from "../tools/task-runner.ts";
import { buildTask, type DiskTask, type ListedDefinition, labelOf } from "./disk-task.ts";
import { runProgram } from "./run-program.ts";
import { parseTasksJson, type TaskDefinition } from "./tasks-json-schema.ts";

/** Types that plain Node can run; a task without a type is a process, one without a command only has dependencies. */
const RUNNABLE = new Set<string | undefined>(["shell", "process", "npm", undefined]);

/** The shell, process and npm tasks that a folder's .vscode/tasks.json defines, run without an editor: no problem matchers, no contributed tasks. */
export class TasksJson implements TaskRunner {
  readonly endOfBackground = "it is ended with this run";
  readonly #folder: string;
  readonly #listed = new WeakMap<WorkspaceTask, DiskTask>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A task that cannot run without an editor is listed with the reason. */
  async list(): Promise<readonly WorkspaceTask[]> {
    const definitions = (await this.#read()).filter(({ type }) => RUNNABLE.has(type));
    const named = definitions.flatMap((definition) => {
      const label = labelOf(definition);
      return label === undefined ? [] : [{ label, definition }];
    });
    const labels = numberLabels(named.map(({ label }) => label));
    return Promise.all(
      named.map(({ label, definition }, index) =>
        this.#listTask({ label: labels[index] ?? label, definition, definitions, folder: this.#folder }),
      ),
    );
  }

  async run(task: WorkspaceTask, signal: AbortSignal, output: (text: string) => void): Promise<TaskResult> {
    const listed = this.#listed.get(task);
    if (listed === undefined) throw new ToolError(`The task "${task.label}" cannot run here: ${task.summary}`);
    const ending = await runWithDependencies(listed, signal, output);
    return { ending: ending ?? { kind: "ended" }, outputSeen: true, diagnostics: [] };
  }

  async #listTask(listed: ListedDefinition): Promise<WorkspaceTask> {
    try {
      const task = await buildTask(listed);
      this.#listed.set(task.shown, task);
      return task.shown;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      const { message } = error;
      const nothing = { details: [], files: [], isBackground: false, isResolvedByCommand: false };
      return { label: listed.label, source: "Workspace", summary: message, ...nothing, obstacle: message };
    }
  }

  async #read(): Promise<readonly TaskDefinition[]> {
    try {
      return parseTasksJson(await readFile(join(this.#folder, ".vscode", "tasks.json"), "utf8"));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
  }
}

type Ending = TaskResult["ending"];

/** Undefined where the task only has dependencies and all of them succeeded. A dependency that failed stops what depends on it. */
async function runWithDependencies(
  task: DiskTask,
  signal: AbortSignal,
  output: (text: string) => void,
): Promise<Ending | undefined> {
  const failure = task.inSequence
    ? await firstFailure(task.dependsOn, signal, output)
    : await anyFailure(task.dependsOn, signal, output);
  if (failure !== undefined) return failure;
  if (task.run === undefined) return undefined;
  return { kind: "exited", exitCode: await runProgram(task.run, signal, output) };
}

async function firstFailure(
  tasks: readonly DiskTask[],
  signal: AbortSignal,
  output: (text: string) => void,
): Promise<Ending | undefined> {
  for (const task of tasks) {
    const failure = await failureOf(task, signal, output);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Waits for all of them, also when one cannot be started: none may go on unwatched. */
async function anyFailure(
  tasks: readonly DiskTask[],
  signal: AbortSignal,
  output: (text: string) => void,
): Promise<Ending | undefined> {
  const running = tasks.map((task) => failureOf(task, signal, output));
  await Promise.allSettled(running);
  return (await Promise.all(running)).find((failure) => failure !== undefined);
}

async function failureOf(
  task: DiskTask,
  signal: AbortSignal,
  output: (text: string) => void,
): Promise<Ending | undefined> {
  const ending = await runWithDependencies(task, signal, output);
  if (ending?.kind !== "exited") return ending;
  return ending.exitCode === 0
    ? undefined
    : { kind: "dependencyFailed", label: task.shown.label, exitCode: ending.exitCode };
}
