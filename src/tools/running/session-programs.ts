import { randomBytes } from "node:crypto";
import { type OutputKeeper, type ProgramStart, RunningProgram } from "./running-program.ts";

/** Programs that have ended and can still be asked for. */
const MOST_ENDED = 20;

/** Everything that a session has started and that goes on without a call that waits for it. It ends with the session. */
export class SessionPrograms {
  readonly #openKeeper: (id: string) => OutputKeeper;
  readonly #running = new Set<RunningProgram>();
  #left: readonly RunningProgram[] = [];

  constructor(openKeeper: (id: string) => OutputKeeper = noKeeper) {
    this.#openKeeper = openKeeper;
  }

  start<End>(start: ProgramStart<End>): RunningProgram<End> {
    const id = randomBytes(4).toString("hex");
    const program = new RunningProgram(id, start, this.#openKeeper(id));
    const one: RunningProgram = program;
    this.#running.add(one);
    void program.over.then(() => this.#running.delete(one));
    return program;
  }

  /** From now on nobody waits for it; it is found by its id. */
  leave(program: RunningProgram): void {
    const ended = this.#left.filter(({ isRunning }) => !isRunning).slice(-MOST_ENDED);
    this.#left = [...this.#left.filter((one) => one.isRunning || ended.includes(one)), program];
  }

  /** Those that were left, the latest last. */
  get left(): readonly RunningProgram[] {
    return this.#left;
  }

  find(id: string): RunningProgram | undefined {
    return this.#left.find((program) => program.id === id);
  }

  async endAll(): Promise<void> {
    const reason = new Error("The chat has ended.");
    await Promise.all([...this.#running].map((program) => program.end(reason)));
  }
}

function noKeeper(): OutputKeeper {
  return { push: () => undefined, note: async () => "", close: async () => undefined };
}
