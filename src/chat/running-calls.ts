import type { Emit } from "../protocol/chat-event.ts";
import type { RunningChoice } from "../protocol/running-choice.ts";

interface Open {
  readonly endsAt: number | null;
  settle(choice: RunningChoice): void;
}

/** Calls that run for long and of which the user may choose what becomes. A choice counts once, and only for an open one. */
export class RunningCalls {
  readonly #open = new Map<string, Open>();
  readonly #emit: Emit;
  readonly #now: () => number;

  constructor(emit: Emit, now: () => number) {
    this.#emit = emit;
    this.#now = now;
  }

  /** Pending until the user chooses; rejects with the signal's reason where the call ends before. */
  readonly ask = async (id: string, endsAt: number | null, signal: AbortSignal): Promise<RunningChoice> => {
    signal.throwIfAborted();
    try {
      return await new Promise<RunningChoice>((settle, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        this.#open.set(id, { endsAt, settle });
        this.#emit({ type: "tool-still-running", id, endsAt, at: this.#now() });
      });
    } finally {
      this.#open.delete(id);
    }
  };

  /** A choice that is not offered changes nothing. */
  choose(id: string, choice: RunningChoice): void {
    const open = this.#open.get(id);
    if (open === undefined || (choice === "wait" && open.endsAt === null)) return;
    this.#open.delete(id);
    open.settle(choice);
  }
}
