import type { TurnPause } from "../../protocol/turn-pause.ts";
import { type Bill, billOf, type ReportedUsage } from "./bill.ts";
import { defaultSpendLimits, type SpendLimits } from "./budget-limits.ts";
import type { DayLedger } from "./day-ledger.ts";
import { budgetExhausted, type Exhaustion } from "./exhaustion.ts";
import { type NearCap, NearCaps } from "./near-cap.ts";
import { costOf, type Price, type PriceOf, priceOf, worstCaseOf } from "./price-of.ts";

export type { ReportedUsage } from "./bill.ts";

/** A model call about to be sent. */
export interface PlannedCall {
  readonly modelId: string;
  /** Of the whole request: an estimate on the high side, or CountTokens. */
  readonly inputTokens: number;
  /** The request's own limit for the answer. */
  readonly maxTokens: number;
  /** Its cache points are kept for an hour. */
  readonly cachesForHour?: boolean;
}

/** A call's share of the caps, at its worst case, until it is settled. */
export interface Reservation {
  readonly dollars: number;
  /** Counts what the call really cost, or its worst case where the usage is absent or makes no sense. Answers that cost. */
  settle(usage: ReportedUsage | undefined): Promise<number>;
  /** What is known of the cost, without a worst case. */
  bill(usage: ReportedUsage | undefined): Bill;
  /** The call was refused before anything was processed: it costs nothing. */
  release(): Promise<void>;
}

export type SpendVerdict =
  | { readonly kind: "reserved"; readonly reservation: Reservation }
  | { readonly kind: "exhausted"; readonly exhaustion: Exhaustion };

export interface SpendBudgetParts {
  readonly priceOf?: PriceOf;
  /** Most of a cap is spent. Told once for each, when a call is over; must not throw. */
  readonly onNear?: ((near: NearCap) => void) | undefined;
}

/**
 * Caps in dollars for a turn, a session and a day. A call is sent only if its worst case still fits into all three.
 * One object a session; subagents share it.
 */
export class SpendBudget {
  readonly #ledger: DayLedger;
  readonly #priceOf: PriceOf;
  readonly #onNear: ((near: NearCap) => void) | undefined;
  readonly #near = new NearCaps();
  #limits: SpendLimits;
  /** US dollars of the worst case that was refused last. */
  #refused = 0;
  #turn = 0;
  #session: number;

  /** `spentInSession`: what a restored session had cost. */
  constructor(
    ledger: DayLedger,
    limits: SpendLimits = defaultSpendLimits,
    spentInSession = 0,
    { priceOf: price = (modelId) => priceOf(modelId), onNear }: SpendBudgetParts = {},
  ) {
    this.#ledger = ledger;
    this.#limits = limits;
    this.#session = spentInSession;
    this.#priceOf = price;
    this.#onNear = onNear;
  }

  /** What the user let the turn before cost more does not hold for this one. */
  beginTurn(perTurn: number = this.#limits.perTurn): void {
    this.#turn = 0;
    this.#near.beginTurn();
    this.#limits = { ...this.#limits, perTurn };
  }

  /** US dollars, calls under way at their worst case. */
  get spent(): { readonly turn: number; readonly session: number } {
    return { turn: this.#turn, session: this.#session };
  }

  /** Reserves the worst case of a call. Throws `SpendLedgerUnavailable` where the day's file cannot be used: nothing is sent then. */
  async reserve(call: PlannedCall): Promise<SpendVerdict> {
    const price = this.#priceOf(call.modelId);
    const tokens = [soundTokens(call.inputTokens), soundTokens(call.maxTokens)] as const;
    const dollars = worstCaseOf(...tokens, price, call.cachesForHour);
    const over = this.#overCap(dollars, price);
    if (over !== undefined) return this.#exhausted(dollars, over);
    // Counted before the file is asked, so that two calls at once do not both fit into what is left.
    this.#count(dollars);
    const entry = await this.#ledger.reserve(dollars, this.#limits.perDay).catch((error: unknown) => {
      this.#count(-dollars);
      throw error;
    });
    if (entry === undefined) {
      this.#count(-dollars);
      return this.#exhausted(dollars, exhausted("day", this.#limits.perDay, dollars, price));
    }
    return { kind: "reserved", reservation: this.#reservation(dollars, price, entry) };
  }

  /** Whether a call fits into the caps with the fewest tokens that its prompt may have, and not with the most. Throws like `reserve`. */
  async hangsOn(call: Omit<PlannedCall, "inputTokens">, fewest: number, most: number): Promise<boolean> {
    const { perTurn, perSession, perDay } = this.#limits;
    const ofDay = perDay - (await this.#ledger.spentToday());
    const left = Math.min(perTurn - this.#turn, perSession - this.#session, ofDay);
    const price = this.#priceOf(call.modelId);
    const worst = (tokens: number): number =>
      worstCaseOf(tokens, soundTokens(call.maxTokens), price, call.cachesForHour);
    return worst(fewest) <= left && worst(most) > left;
  }

  /** The user's answer to an exhaustion, from native UI: new caps in dollars. */
  raise(limits: Partial<SpendLimits>): void {
    this.#limits = { ...this.#limits, ...limits };
  }

  /** The user's answer to an exhaustion, from native UI: once more as much, and enough for the call that was refused. */
  lift(what: TurnPause["what"], { perTurn, perSession, perDay }: SpendLimits): void {
    const more = (limit: number): number => Math.max(limit, this.#refused);
    if (what === "dollars-per-turn") this.raise({ perTurn: this.#turn + more(perTurn) });
    if (what === "dollars-per-session") this.raise({ perSession: this.#session + more(perSession) });
    if (what === "dollars-per-day") this.raise({ perDay: this.#limits.perDay + more(perDay) });
  }

  #exhausted(dollars: number, exhaustion: Exhaustion): SpendVerdict {
    this.#refused = dollars;
    return { kind: "exhausted", exhaustion };
  }

  #reservation(dollars: number, price: Price, entry: string): Reservation {
    let settled = false;
    const settleAt = async (cost: number): Promise<number> => {
      if (settled) return cost;
      settled = true;
      this.#count(cost - dollars);
      await this.#ledger.settle(entry, cost);
      await this.#tellNear();
      return cost;
    };
    return {
      dollars,
      bill: (usage) => billOf(usage, price),
      settle: async (usage) => {
        const { usage: sound } = billOf(usage, price);
        return settleAt(sound === undefined ? dollars : costOf(sound, price));
      },
      release: async () => void (await settleAt(0)),
    };
  }

  async #tellNear(): Promise<void> {
    if (this.#onNear === undefined) return;
    const day = await this.#ledger.spentToday();
    for (const near of this.#near.news({ ...this.spent, day }, this.#limits)) this.#onNear(near);
  }

  #count(dollars: number): void {
    this.#turn += dollars;
    this.#session += dollars;
  }

  #overCap(dollars: number, price: Price): Exhaustion | undefined {
    const { perTurn, perSession } = this.#limits;
    if (this.#turn + dollars > perTurn) return exhausted("turn", perTurn, dollars, price);
    if (this.#session + dollars > perSession) return exhausted("session", perSession, dollars, price);
    return undefined;
  }
}

function exhausted(of: "turn" | "session" | "day", limit: number, dollars: number, price: Price): Exhaustion {
  const known =
    price.source === "unknown"
      ? " Its price is unknown, so the dearest known one is assumed; set it in outcrop.prices."
      : "";
  const text = `The next model call could cost $${dollars.toFixed(2)} and pass this ${of}'s cap of $${limit.toFixed(2)}.${known} Nothing was sent.`;
  return budgetExhausted(`dollars-per-${of}`, limit, text);
}

/** A planned number of tokens that makes no sense is counted as a million. */
function soundTokens(tokens: number): number {
  return Number.isFinite(tokens) && tokens >= 0 ? tokens : 1_000_000;
}
