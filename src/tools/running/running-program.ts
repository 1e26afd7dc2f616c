import { asksForSecret, secretNote } from "../../protocol/secret-prompt.ts";
import { HeadAndTail } from "../head-and-tail.ts";
import { TerminalText } from "../terminal-text.ts";

/** How long a program that seems to ask for a secret says nothing more until its user is told. */
const SECRET_WAIT_MS = 700;

/** Something to run: a command line, a task. */
export interface ProgramStart<End> {
  /** For sentences about it: Task "watch". */
  readonly name: string;
  /** Aborting ends its processes; the promise then rejects once they have ended. `output` takes what a terminal takes. */
  run(signal: AbortSignal, output: (text: string) => void): Promise<End>;
  /** How it ended, for the model: one line. */
  headline(end: End): string;
  /** Characters that a result holds of the beginning and of the end of its output. */
  readonly headSize: number;
  readonly tailSize: number;
}

/** Takes all that is printed, for when a result cannot hold it. */
export interface OutputKeeper {
  push(text: string): void;
  /** Says where the whole is, in a sentence, once it is there; empty where nothing is kept. Must not reject. */
  note(): Promise<string>;
  /** Nothing more comes. Must not reject. */
  close(): Promise<void>;
}

export type ProgramState<End> =
  | { readonly kind: "running" }
  | { readonly kind: "ended"; readonly end: End }
  | { readonly kind: "failed"; readonly error: unknown };

/** A program from its start to its end, whoever waits for it: a call of a tool, later calls, nobody. */
export class RunningProgram<End = unknown> {
  readonly id: string;
  readonly name: string;
  readonly startedAt = Date.now();
  /** Resolves when it has ended, however. */
  readonly over: Promise<void>;
  readonly #controller = new AbortController();
  readonly #terminal = new TerminalText();
  readonly #start: ProgramStart<End>;
  readonly #kept: HeadAndTail;
  readonly #keeper: OutputKeeper;
  readonly #listeners = new Set<(text: string) => void>();
  #state: ProgramState<End> = { kind: "running" };
  #secretTimer: NodeJS.Timeout | undefined;

  constructor(id: string, start: ProgramStart<End>, keeper: OutputKeeper) {
    this.id = id;
    this.name = start.name;
    this.#start = start;
    this.#kept = new HeadAndTail(start.headSize, start.tailSize);
    this.#keeper = keeper;
    this.over = this.#run();
  }

  get state(): ProgramState<End> {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#state.kind === "running";
  }

  /** One line on how it ended; undefined while it runs. */
  get headline(): string | undefined {
    const state = this.#state;
    if (state.kind === "running") return undefined;
    return state.kind === "ended" ? this.#start.headline(state.end) : `${this.name} was ended`;
  }

  /** Calls back with what is printed from now on, as plain lines, and with `secretNote`. Answers with the way to stop that. */
  follow(listener: (text: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What it printed so far, without its middle where that is too long, and where the whole is. */
  async output(): Promise<string> {
    const text = this.#kept.text();
    const note = this.#kept.isCut ? await this.#keeper.note() : "";
    return note === "" ? text : `${text.trimEnd()}\n\n${note}`;
  }

  /** The last lines of what it printed so far. */
  lastLines(count: number): string {
    return this.#kept.end().trimEnd().split("\n").slice(-count).join("\n");
  }

  /** Ends it and resolves when it has ended. */
  async end(reason: unknown): Promise<void> {
    this.#controller.abort(reason);
    await this.over;
  }

  async #run(): Promise<void> {
    const { signal } = this.#controller;
    // Whoever started it listens by then.
    await Promise.resolve();
    try {
      const end = await this.#start.run(signal, (text) => this.#print(text));
      await this.#finish();
      this.#state = { kind: "ended", end };
    } catch (error) {
      await this.#finish();
      this.#state = { kind: "failed", error };
    }
  }

  #print(text: string): void {
    clearTimeout(this.#secretTimer);
    this.#take(this.#terminal.push(text));
    if (!asksForSecret(this.#terminal.openLine)) return;
    this.#secretTimer = setTimeout(() => {
      for (const listener of this.#listeners) listener(secretNote);
    }, SECRET_WAIT_MS);
  }

  async #finish(): Promise<void> {
    clearTimeout(this.#secretTimer);
    this.#take(this.#terminal.finish());
    await this.#keeper.close();
  }

  #take(text: string): void {
    if (text === "") return;
    this.#kept.push(text);
    this.#keeper.push(text);
    for (const listener of this.#listeners) listener(text);
  }
}
