import { t } from "../../protocol/localize.ts";
import { defaultTurnLimits, type TurnLimits } from "./budget-limits.ts";
import { budgetExhausted, type Exhaustion } from "./exhaustion.ts";

/** What of a turn's budget the user can raise. */
export type RaisableLimit = "steps" | "toolCalls" | "wallClockMs";

/**
 * Counts one turn: model calls, tool calls, time. Subagents share the object of the turn that started them. Nothing
 * here extends itself: after an exhaustion every further question gets the same answer until `raise` is called.
 */
export class TurnBudget {
  readonly #now: () => number;
  readonly #startedAt: number;
  #limits: TurnLimits;
  #steps = 0;
  #toolCalls = 0;
  #autoAllowed = 0;
  #subagents = 0;
  #waits = 0;
  #waitingSince = 0;
  #waitedMs = 0;

  /** `now` gives milliseconds of a clock that only goes forward. */
  constructor(now: () => number, limits: TurnLimits = defaultTurnLimits) {
    this.#now = now;
    this.#limits = limits;
    this.#startedAt = now();
  }

  /** Before a model call, which is counted if it may be made. */
  takeStep(): Exhaustion | undefined {
    const { steps } = this.#limits;
    if (this.#steps >= steps) {
      return budgetExhausted("steps", steps, `The turn has made ${steps} model calls. Nothing was sent.`);
    }
    const late = this.#late();
    if (late === undefined) this.#steps++;
    return late;
  }

  /** Before a tool call, which is counted if it may run. */
  takeToolCall(): Exhaustion | undefined {
    const { toolCalls } = this.#limits;
    if (this.#toolCalls >= toolCalls) {
      const text = `The turn has made ${toolCalls} tool calls, which is its limit. Nothing more was run.`;
      return budgetExhausted("tool-calls", toolCalls, text);
    }
    const late = this.#late();
    if (late === undefined) this.#toolCalls++;
    return late;
  }

  /** Before a subagent of the given depth starts; the turn's own are of depth 1. */
  takeSubagent(depth: number): Exhaustion | undefined {
    const { subagents, subagentDepth } = this.#limits;
    if (depth > subagentDepth) {
      return budgetExhausted("subagents", subagentDepth, "A subagent starts no subagents. Nothing was started.");
    }
    if (this.#subagents >= subagents) {
      return budgetExhausted(
        "subagents",
        subagents,
        `The turn has started ${subagents} subagents. Nothing was started.`,
      );
    }
    this.#subagents++;
    return undefined;
  }

  /** Who let a call run. After eight in a row without the user, and each eight more, the text of a notice. */
  noteAllowed(by: "automatic" | "user"): string | undefined {
    if (by === "user") {
      this.#autoAllowed = 0;
      return undefined;
    }
    this.#autoAllowed++;
    if (this.#autoAllowed % this.#limits.autoAllowedInARow !== 0) return undefined;
    return t("{0} tool calls in a row ran without a question, {1} in this turn.", this.#autoAllowed, this.#toolCalls);
  }

  /** The clock stands while the user is asked, however many questions are open. Call the result once, when this one is answered. */
  waitForUser(): () => void {
    if (this.#waits++ === 0) this.#waitingSince = this.#now();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      if (--this.#waits === 0) this.#waitedMs += this.#now() - this.#waitingSince;
    };
  }

  /** The user's answer to an exhaustion, from native UI: so much more than has been used. */
  raise(limit: RaisableLimit, by: number): void {
    const used = { steps: this.#steps, toolCalls: this.#toolCalls, wallClockMs: this.elapsedMs() };
    this.#limits = { ...this.#limits, [limit]: Math.max(this.#limits[limit], used[limit] + by) };
  }

  /** Time of the turn in milliseconds, without what the user took to answer. */
  elapsedMs(): number {
    const open = this.#waits > 0 ? this.#now() - this.#waitingSince : 0;
    return this.#now() - this.#startedAt - this.#waitedMs - open;
  }

  #late(): Exhaustion | undefined {
    const { wallClockMs } = this.#limits;
    if (this.elapsedMs() < wallClockMs) return undefined;
    const minutes = Math.round(wallClockMs / 60_000);
    return budgetExhausted(
      "wall-clock",
      wallClockMs,
      `The turn has taken ${minutes} minutes. Nothing was sent or run.`,
    );
  }
}
