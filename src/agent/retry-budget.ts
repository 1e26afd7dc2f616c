import { t } from "../protocol/localize.ts";

/** Most automatic retries in a row of failures, whatever their kinds; and for how long after the first of them. */
const mostInARow = 8;
const longestRowMs = 300_000;

/**
 * What automatic retries a turn may still make. Only failures without an answer between them count: a long turn that is
 * throttled now and then goes on.
 */
export class RetryBudget {
  readonly #most: number;
  readonly #longestMs: number;
  #made = 0;
  #firstAt: number | undefined;

  constructor(most: number, longestMs: number) {
    this.#most = most;
    this.#longestMs = longestMs;
  }

  /** `retries`: what the user wants for one step, which may be more than is usual in a row. */
  static for({ retries }: { readonly retries: number }): RetryBudget {
    return new RetryBudget(Math.max(mostInARow, retries), longestRowMs);
  }

  /** Whether one more may be made after a failure at `now`. */
  has(now: number): boolean {
    return this.#made < this.#most && !this.#isOverdue(now);
  }

  /** The same; it is then counted. */
  take(now: number): boolean {
    this.#firstAt ??= now;
    if (!this.has(now)) return false;
    this.#made++;
    return true;
  }

  /** For the user, after a failure at `now` that is not retried: why. */
  tellSpent(now: number): string {
    return this.#isOverdue(now)
      ? t("Outcrop has tried again for {0} minutes, and waits for you now.", Math.round(this.#longestMs / 60_000))
      : t("Outcrop has made {0} automatic retries in a row, and waits for you now.", this.#made);
  }

  /** An answer came: what failed before it no longer counts. */
  recovered(): void {
    this.#made = 0;
    this.#firstAt = undefined;
  }

  #isOverdue(now: number): boolean {
    return this.#firstAt !== undefined && now - this.#firstAt > this.#longestMs;
  }
}
