import type { FromPanel } from "../protocol/panel-messages.ts";
import { parseToHost } from "./parse-to-host.ts";

/** Messages that may come at once, and how many of them are given back in a second. */
const burst = 200;
const perSecond = 100;

/**
 * What comes from a webview: anything but a well-formed message, and anything beyond a rate that no person reaches, is
 * dropped and counted.
 */
export class PanelInbox {
  readonly #now: () => number;
  #left = burst;
  #filledAt: number;
  #dropped = 0;

  /** `now` gives milliseconds of a clock that only goes forward. */
  constructor(now: () => number) {
    this.#now = now;
    this.#filledAt = now();
  }

  get dropped(): number {
    return this.#dropped;
  }

  take(message: unknown): FromPanel | undefined {
    const parsed = this.#hasRoom() ? parseToHost(message) : undefined;
    if (parsed === undefined) this.#dropped++;
    return parsed;
  }

  #hasRoom(): boolean {
    const now = this.#now();
    this.#left = Math.min(burst, this.#left + ((now - this.#filledAt) * perSecond) / 1000);
    this.#filledAt = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
