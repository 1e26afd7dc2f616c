import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { ToolError } from "../agent/tool.ts";
import type { TaskEnding } from "../tools/task-runner.ts";
import { askToEnd, canAskToEnd } from "./ask-to-end.ts";
import type { EditorTask } from "./editor-task-list.ts";
import { TaskOutput } from "./task-output.ts";

/** How long processes that were asked to end may take for it before their terminal is closed. */
const GRACE_MS = 1_000;
/** How long the editor may take to say that a terminated task has ended, or with which exit code an ended one. */
const TERMINATION_MS = 10_000;
const EXIT_CODE_MS = 500;
/** In a terminal that is used again the editor never says that a program could not be started; it says so of those that were within 0.5 s. */
const PROCESS_START_MS = 15_000;

/** One run of a task by the editor, from its start to the end of its output. */
export class TaskRun {
  readonly #editorTask: EditorTask;
  readonly #output: TaskOutput;
  readonly #ended = new Deferred();
  readonly #startFailed = new Deferred();
  readonly #running = new Set<vscode.TaskExecution>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #execution: vscode.TaskExecution | undefined;
  #process: { readonly id: number | undefined } | undefined;
  #exit: { readonly code: number | undefined } | undefined;
  #failure: TaskEnding | undefined;
  #startTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  /** The shell or the program in the terminal of each execution that runs. */
  readonly #processes = new Map<vscode.TaskExecution, number>();

  constructor(editorTask: EditorTask, output: (text: string) => void) {
    this.#editorTask = editorTask;
    this.#output = new TaskOutput(output);
    const { tasks } = vscode;
    this.#subscriptions = [
      tasks.onDidStartTask(({ execution }) => this.#onStart(execution)),
      tasks.onDidStartTaskProcess(({ execution, processId }) => this.#onProcessStart(execution, processId)),
      tasks.onDidEndTaskProcess(({ execution, exitCode }) => this.#onProcessEnd(execution, exitCode)),
      tasks.onDidEndTask(({ execution }) => {
        this.#running.delete(execution);
        this.#processes.delete(execution);
        if (this.#isMain(execution)) this.#ended.resolve();
      }),
    ];
  }

  /** Whether the editor has given access to any output. */
  get outputSeen(): boolean {
    return this.#output.seen;
  }

  /** Resolves when the task has ended and its output is read. Aborting terminates it; then the reason is thrown once it has ended. */
  async complete(signal: AbortSignal): Promise<{ readonly ending: TaskEnding; readonly outputSeen: boolean }> {
    const terminate = () => this.#terminate();
    signal.addEventListener("abort", terminate, { once: true });
    try {
      signal.throwIfAborted();
      await this.#start();
      if (signal.aborted) this.#terminate();
      await Promise.race([this.#ended.promise, this.#startFailed.promise, afterAbort(signal, TERMINATION_MS)]);
      signal.throwIfAborted();
      await this.#exitCodeKnown();
      await this.#output.finish(signal);
      return { ending: this.#ending(), outputSeen: this.#output.seen };
    } finally {
      signal.removeEventListener("abort", terminate);
      clearTimeout(this.#startTimer);
      clearTimeout(this.#graceTimer);
      this.#output.dispose();
      for (const subscription of this.#subscriptions) subscription.dispose();
    }
  }

  async #start(): Promise<void> {
    try {
      this.#execution = await vscode.tasks.executeTask(this.#editorTask.task);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ToolError(`The editor could not run the task "${this.#editorTask.shown.label}": ${reason}`);
    }
  }

  #onStart(execution: vscode.TaskExecution): void {
    if (!this.#isOurs(execution)) return;
    this.#running.add(execution);
    if (this.#isMain(execution) && hasProgram(execution.task)) {
      this.#startTimer = setTimeout(() => this.#onNoProcess(), PROCESS_START_MS);
    }
  }

  #onNoProcess(): void {
    if (this.#process !== undefined) return;
    this.#process = { id: undefined };
    this.#terminateNow();
    this.#startFailed.resolve();
  }

  #onProcessStart(execution: vscode.TaskExecution, processId: number | undefined): void {
    if (!this.#isOurs(execution)) return;
    if (this.#isMain(execution)) this.#process = { id: processId };
    // Undefined, against its type, where the program could not be started.
    if (processId === undefined) return;
    this.#processes.set(execution, processId);
    if (this.#graceTimer !== undefined) askToEnd(processId);
    this.#output.addProcess(processId);
  }

  #onProcessEnd(execution: vscode.TaskExecution, exitCode: number | undefined): void {
    if (this.#isMain(execution)) this.#exit = { code: exitCode };
    else if (this.#isOurs(execution) && exitCode !== undefined && exitCode !== 0) {
      this.#failure = { kind: "dependencyFailed", label: execution.task.name, exitCode };
    }
  }

  #isMain(execution: vscode.TaskExecution): boolean {
    return execution === this.#execution || execution.task === this.#editorTask.task;
  }

  /** The editor makes task objects of its own for dependencies. */
  #isOurs(execution: vscode.TaskExecution): boolean {
    const { name, source } = execution.task;
    const { dependencies } = this.#editorTask;
    return this.#isMain(execution) || dependencies.some((task) => task.name === name && task.source === source);
  }

  /**
   * The processes are asked first: with a task that it terminates the editor closes the terminal, hides its panel with
   * the last one, and moves the focus into the file that is open, where the user's next words would land.
   */
  #terminate(): void {
    this.#graceTimer ??= setTimeout(() => this.#terminateNow(), canAskToEnd ? GRACE_MS : 0);
    if (!canAskToEnd) return;
    for (const processId of this.#processes.values()) askToEnd(processId);
  }

  #terminateNow(): void {
    for (const execution of this.#running) execution.terminate();
    this.#execution?.terminate();
  }

  async #exitCodeKnown(): Promise<void> {
    if (this.#process?.id !== undefined && this.#exit === undefined) await delay(EXIT_CODE_MS);
  }

  #ending(): TaskEnding {
    if (this.#exit?.code !== undefined) return { kind: "exited", exitCode: this.#exit.code };
    if (this.#process === undefined && this.#failure !== undefined) return this.#failure;
    if (this.#process !== undefined && this.#process.id === undefined) {
      throw new ToolError(
        `The program of task "${this.#editorTask.shown.label}" could not be started; the task's terminal says why.`,
      );
    }
    return { kind: "ended" };
  }
}

class Deferred {
  resolve: () => void = () => undefined;
  readonly promise = new Promise<void>((resolve) => {
    this.resolve = resolve;
  });
}

function hasProgram({ execution }: vscode.Task): boolean {
  return execution instanceof vscode.ShellExecution || execution instanceof vscode.ProcessExecution;
}

/** Pending until the signal is aborted and the time has passed. */
function afterAbort(signal: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const wait = () => void delay(milliseconds).then(resolve);
    if (signal.aborted) wait();
    else signal.addEventListener("abort", wait, { once: true });
  });
}
