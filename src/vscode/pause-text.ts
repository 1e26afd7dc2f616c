import type { SpendLimits, TurnLimits } from "../policy/budgets/budget-limits.ts";
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
      return "The turn may make as many model calls again.";
    case "tool-calls":
      return `The turn may make another ${turn.toolCalls} tool calls.`;
    case "wall-clock":
      return `The turn may take another ${Math.round(turn.wallClockMs / 60_000)} minutes.`;
    case "dollars-per-turn":
      return `The turn may cost another ${dollars(spend.perTurn)}.`;
    case "dollars-per-session":
      return `The chat may cost another ${dollars(spend.perSession)}.`;
    case "dollars-per-day":
      return `This chat may go beyond today's cap by another ${dollars(spend.perDay)}.`;
    case "subagents":
      return "The turn goes on; no more subagents are started.";
    case "repetition":
    case "cycle":
    case "failing-edit":
      return "The turn goes on, and what it repeated is counted anew.";
  }
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
