export type WatchedPhase = "first-byte" | "idle";

/** Aborts an attempt that is silent for too long, and says in which phase it was. */
export class Watchdog {
  readonly #attempt: AbortController;
  #timer: NodeJS.Timeout | undefined;
  #fired: WatchedPhase | undefined;

  constructor(attempt: AbortController) {
    this.#attempt = attempt;
  }

  get fired(): WatchedPhase | undefined {
    return this.#fired;
  }

  /** Starts over with a limit in milliseconds. */
  arm(phase: WatchedPhase, limitMs: number): void {
    this.disarm();
    this.#timer = setTimeout(() => {
      this.#fired = phase;
      this.#attempt.abort(new Error(`Nothing received for ${limitMs} ms.`));
    }, limitMs);
  }

  disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
