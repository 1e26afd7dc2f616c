import type { SpendLimits, TurnLimits } from "../policy/budgets/budget-limits.ts";
import { formatDollars, t } from "../protocol/localize.ts";
import type { TurnPause } from "../protocol/turn-pause.ts";

export interface RaisedLimits {
  readonly turn: Pick<TurnLimits, "toolCalls" | "wallClockMs">;
  readonly spend: SpendLimits;
}

/** Why the turn is paused. The code before it is the model's. */
export function describePause({ message }: TurnPause): string {
  return message.replace(/^E_[A-Z]+: /, "");
}

/** What going on after a pause allows, in a sentence. */
export function describeRaise({ what }: TurnPause, { turn, spend }: RaisedLimits): string {
  switch (what) {
    case "steps":
      return t("The turn may make as many model calls again.");
    case "tool-calls":
      return t("The turn may make another {0} tool calls.", turn.toolCalls);
    case "wall-clock":
      return t("The turn may take another {0} minutes.", Math.round(turn.wallClockMs / 60_000));
    case "dollars-per-turn":
      return t("The turn may cost another {0}.", formatDollars(spend.perTurn));
    case "dollars-per-session":
      return t("The chat may cost another {0}.", formatDollars(spend.perSession));
    case "dollars-per-day":
      return t("This chat may go beyond today's cap by another {0}.", formatDollars(spend.perDay));
    case "subagents":
      return t("The turn goes on; no more subagents are started.");
    case "repetition":
    case "cycle":
    case "failing-edit":
      return t("The turn goes on, and what it repeated is counted anew.");
  }
}
