/** What automatic retries a turn may still make: a number of them, and a time since the first failure of a row. */
export class RetryBudget {
  readonly #most: number;
  readonly #longestMs: number;
  #made = 0;
  #firstAt: number | undefined;

  constructor(most: number, longestMs: number) {
    this.#most = most;
    this.#longestMs = longestMs;
  }

  /** Whether one more may be made after a failure at `now`; it is then counted. */
  take(now: number): boolean {
    this.#firstAt ??= now;
    if (this.#made >= this.#most || now - this.#firstAt > this.#longestMs) return false;
    this.#made++;
    return true;
  }

  /** An answer came: the time for the next failures begins anew. */
  recovered(): void {
    this.#firstAt = undefined;
  }
}
