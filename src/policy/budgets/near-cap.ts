import { formatDollars, t } from "../../protocol/localize.ts";
import type { PauseSubject } from "../../protocol/turn-pause.ts";
import type { SpendLimits } from "./budget-limits.ts";

/** Most of a cap is spent, and calls still go on: the user is told once, in time to say what they want. */
export interface NearCap {
  readonly what: Extract<PauseSubject, `dollars-${string}`>;
  /** US dollars. */
  readonly spent: number;
  readonly limit: number;
}

/** The share of a cap from which on the user is told. */
export const nearCapShare = 0.8;

/** US dollars, for all windows together where it is the day. */
export type Spent = Readonly<Record<"turn" | "session" | "day", number>>;

/** Which caps were told of: each once, until what is spent is well below it again, as in the next turn or after a raise. */
export class NearCaps {
  readonly #told = new Set<NearCap["what"]>();

  /** What the turn before was told of is no news of this one. */
  beginTurn(): void {
    this.#told.delete("dollars-per-turn");
  }

  /** Those that are near now and were not told of. */
  news({ turn, session, day }: Spent, { perTurn, perSession, perDay }: SpendLimits): readonly NearCap[] {
    const caps: readonly NearCap[] = [
      { what: "dollars-per-turn", spent: turn, limit: perTurn },
      { what: "dollars-per-session", spent: session, limit: perSession },
      { what: "dollars-per-day", spent: day, limit: perDay },
    ];
    return caps.filter((cap) => this.#isNews(cap));
  }

  #isNews({ what, spent, limit }: NearCap): boolean {
    const wasTold = this.#told.has(what);
    if (spent < limit * nearCapShare) this.#told.delete(what);
    else this.#told.add(what);
    return !wasTold && this.#told.has(what);
  }
}

/** A sentence, for the user. */
export function nearCapText({ what, spent, limit }: NearCap): string {
  const [cost, most] = [formatDollars(spent), formatDollars(limit)];
  switch (what) {
    case "dollars-per-turn":
      return t("This turn has cost {0} of the {1} allowed.", cost, most);
    case "dollars-per-session":
      return t("This chat has cost {0} of the {1} allowed.", cost, most);
    case "dollars-per-day":
      return t("All windows together have today cost {0} of the {1} allowed.", cost, most);
  }
}
