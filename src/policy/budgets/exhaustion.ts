import type { PauseSubject, TurnPause } from "../../protocol/turn-pause.ts";

/** A pause that only the user lifts: nothing was sent or run. `message` begins with the code. */
export interface Exhaustion extends TurnPause {
  /** The limit that was reached: a number of calls, milliseconds or dollars, by `what`. */
  readonly limit: number;
}

export function budgetExhausted(what: PauseSubject, limit: number, text: string): Exhaustion {
  return { code: "E_BUDGET", message: `E_BUDGET: ${text}`, what, limit };
}

export function loopFound(what: PauseSubject, limit: number, text: string): Exhaustion {
  return { code: "E_LOOP", message: `E_LOOP: ${text}`, what, limit };
}
