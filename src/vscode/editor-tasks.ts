import * as vscode from "vscode";
import { ToolError } from "../agent/tool.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import { listWithin } from "../tools/list-within.ts";
import type { NewTask, TaskDiagnostic, TaskResult, TaskRunner, WorkspaceTask } from "../tools/task-runner.ts";
import { type EditorTask, listEditorTasks } from "./editor-task-list.ts";
import { openFolders } from "./editor-workspace.ts";
import { buildNewTask, type CommandVariables } from "./new-task.ts";
import { PrintedText } from "./printed-text.ts";
import { definitionOf, problemSources } from "./task-definitions.ts";
import { TaskDiagnostics } from "./task-diagnostics.ts";
import { TaskRun } from "./task-execution.ts";

/** The editor's tasks: tasks.json and those that extensions contribute, run in the editor's terminals. */
export class EditorTasks implements TaskRunner {
  readonly endOfBackground = "it ends with this chat, and the user can end it in its terminal";
  readonly #variables: CommandVariables;
  /** By the label of what runs. */
  readonly #watched = new Map<string, () => Promise<readonly TaskDiagnostic[]>>();

  /** `variables`: what a task that nothing defines gets of the environment. */
  constructor(variables: CommandVariables) {
    this.#variables = variables;
  }

  async list(signal: AbortSignal): Promise<readonly WorkspaceTask[]> {
    const tasks = await untilAborted(listEditorTasks(), signal);
    return tasks.map(({ shown }) => shown);
  }

  /** Throws a `ToolError` where the definition is no longer the one that was shown, or the task is running already. */
  async run(task: WorkspaceTask, signal: AbortSignal, output: (text: string) => void): Promise<TaskResult> {
    const current = (await listWithin(listEditorTasks, signal)).find(({ shown }) => shown.label === task.label);
    if (current === undefined || JSON.stringify(current.shown) !== JSON.stringify(task)) {
      throw new ToolError(`E_STALE The definition of task "${task.label}" changed since it was shown. It was not run.`);
    }
    if (isRunning(current.task)) {
      // A second run would make the editor ask, in a dialog that nobody expects.
      throw new ToolError(`Task "${task.label}" is running already. It was not started again.`);
    }
    return this.#complete(current, signal, output);
  }

  readonly problems = async ({ label }: WorkspaceTask): Promise<readonly TaskDiagnostic[]> =>
    (await this.#watched.get(label)?.()) ?? [];

  readonly runNew = async (
    wanted: NewTask,
    signal: AbortSignal,
    output: (text: string) => void,
  ): Promise<TaskResult> => {
    const task = await buildNewTask(wanted, this.#variables);
    if (isRunning(task.task)) throw new ToolError(`A new task "${wanted.label}" is running already. Nothing was run.`);
    return this.#complete(task, signal, output);
  };

  async #complete(task: EditorTask, signal: AbortSignal, output: (text: string) => void): Promise<TaskResult> {
    const { label } = task.shown;
    const diagnostics = new TaskDiagnostics(sourcesOf(task));
    const printed = new PrintedText();
    const run = new TaskRun(task, (text) => {
      printed.push(text);
      output(text);
    });
    const collect = () => diagnostics.collect(openFolders(), run.outputSeen ? printed : undefined);
    this.#watched.set(label, collect);
    try {
      const { ending, outputSeen } = await run.complete(signal);
      printed.finish();
      return { ending, outputSeen, diagnostics: await collect() };
    } finally {
      this.#watched.delete(label);
      diagnostics.dispose();
    }
  }
}

/** What runs first is read by its own matchers. */
function sourcesOf({ task, definition, dependencies }: EditorTask): readonly (string | undefined)[] {
  const first = dependencies.flatMap((one) => problemSources(one, definitionOf(one.name, one.scope)));
  return [...problemSources(task, definition), ...first];
}

function isRunning({ name, source, scope }: vscode.Task): boolean {
  const place = placeOf(scope);
  return vscode.tasks.taskExecutions.some(
    ({ task }) => task.name === name && task.source === source && placeOf(task.scope) === place,
  );
}

function placeOf(scope: vscode.Task["scope"]): string {
  return typeof scope === "object" ? scope.uri.toString() : String(scope);
}
