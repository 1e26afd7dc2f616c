import * as vscode from "vscode";
import { drain } from "./drain.ts";

/** How long nothing more may come of the output of a process that has ended, until what came counts as all. */
const SILENCE_MS = 2000;
/** Held of a command line of which it is not known yet whose it is. */
const HELD_CHARACTERS = 200_000;

interface Reading {
  readonly terminal: vscode.Terminal;
  held: string;
  owner: "unknown" | "task" | "other";
  done: Promise<void>;
}

/**
 * Reads what the processes of a task print in their terminals, through shell integration: the editor runs a task there as one command.
 * It starts before the task's process is known, so every command that starts meanwhile is read until it is known whose it is.
 */
export class TaskOutput {
  /** Whether the editor gave access to any output of the task. */
  seen = false;
  readonly #output: (text: string) => void;
  readonly #readings: Reading[] = [];
  readonly #processes = new Set<number>();
  readonly #subscription: vscode.Disposable;
  /** Pieces of output, whose ever. */
  #pieces = 0;

  constructor(output: (text: string) => void) {
    this.#output = output;
    this.#subscription = vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      const reading: Reading = { terminal, held: "", owner: "unknown", done: Promise.resolve() };
      reading.done = this.#read(reading, execution);
      this.#readings.push(reading);
      this.#claim(reading);
    });
  }

  /** A process of the task has started; what its terminal runs belongs to the task. */
  addProcess(processId: number): void {
    this.#processes.add(processId);
    for (const reading of this.#readings) this.#claim(reading);
  }

  /** Waits for the end of the output of what has ended, which may be long behind on a busy machine, and stops listening. */
  async finish(signal: AbortSignal): Promise<void> {
    const own = this.#readings.filter(({ owner }) => owner === "task");
    const end = Promise.all(own.map(({ done }) => done));
    await drain(end, () => this.#pieces, { silenceMs: SILENCE_MS, signal });
    this.dispose();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const reading of this.#readings) {
      reading.owner = "other";
      reading.held = "";
    }
  }

  /**
   * A terminal that is used again has its new process id by the time the process is announced, not when the command is.
   * Where a program could not be started it never has one.
   */
  #claim(reading: Reading): void {
    void reading.terminal.processId.then((processId) => {
      if (reading.owner !== "unknown" || processId === undefined || !this.#processes.has(processId)) return;
      reading.owner = "task";
      this.seen = true;
      this.#output(reading.held);
      reading.held = "";
    });
  }

  async #read(reading: Reading, execution: vscode.TerminalShellExecution): Promise<void> {
    for await (const text of execution.read()) {
      if (reading.owner === "other") return;
      this.#pieces += 1;
      if (reading.owner === "task") this.#output(text);
      else if (reading.held.length < HELD_CHARACTERS) reading.held += text;
    }
  }
}
