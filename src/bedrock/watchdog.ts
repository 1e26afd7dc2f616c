import type { OnSilence } from "../agent/model.ts";
import type { SilentPhase } from "../protocol/chat-event.ts";

/** When a silence is first told of, at the latest, and how often again; in milliseconds. */
const firstNoticeMs = 30_000;
const nextNoticeMs = 10_000;

/** What ended an attempt. */
export interface Expiry {
  readonly phase: SilentPhase;
  readonly limitMs: number;
}

/** Aborts an attempt that is silent for too long, says in which phase it was, and tells of the silence before. */
export class Watchdog {
  readonly #attempt: AbortController;
  readonly #onSilence: OnSilence | undefined;
  readonly #waitsForUser: () => boolean;
  #limit: NodeJS.Timeout | undefined;
  #notice: NodeJS.Timeout | undefined;
  #fired: Expiry | undefined;

  /** `waitsForUser`: the silence is the user's own; it is counted from when they are done. */
  constructor(attempt: AbortController, onSilence?: OnSilence, waitsForUser: () => boolean = () => false) {
    this.#attempt = attempt;
    this.#onSilence = onSilence;
    this.#waitsForUser = waitsForUser;
  }

  get fired(): Expiry | undefined {
    return this.#fired;
  }

  /** Starts over with a limit in milliseconds. */
  arm(phase: SilentPhase, limitMs: number): void {
    this.#expire(phase, limitMs);
    this.#tell(phase, limitMs, Math.min(firstNoticeMs, limitMs / 3), 0);
  }

  /** The same without notice: nothing more is owed to the user. */
  armQuietly(limitMs: number): void {
    this.#expire("text", limitMs);
  }

  disarm(): void {
    clearTimeout(this.#limit);
    clearTimeout(this.#notice);
    this.#limit = undefined;
    this.#notice = undefined;
  }

  #expire(phase: SilentPhase, limitMs: number): void {
    this.disarm();
    this.#limit = setTimeout(() => {
      this.disarm();
      if (this.#waitsForUser()) return this.arm(phase, limitMs);
      this.#fired = { phase, limitMs };
      this.#attempt.abort(new Error(`Nothing received for ${limitMs} ms.`));
    }, limitMs);
  }

  #tell(phase: SilentPhase, limitMs: number, waitMs: number, silentMs: number): void {
    const tell = this.#onSilence;
    if (tell === undefined || silentMs + waitMs >= limitMs) return;
    this.#notice = setTimeout(() => {
      if (this.#waitsForUser()) return this.arm(phase, limitMs);
      const now = Math.round(silentMs + waitMs);
      tell({ phase, silentMs: now, limitMs });
      this.#tell(phase, limitMs, nextNoticeMs, now);
    }, waitMs);
  }
}
