import type { SpendLimits } from "../../policy/budgets/budget-limits.ts";
import { type NearCap, nearCapText } from "../../policy/budgets/near-cap.ts";

export interface NearCapPrompt {
  /** A notification of the editor, which blocks nothing; resolves with the button that was pressed. */
  readonly show: (text: string, ...buttons: readonly string[]) => Promise<string | undefined>;
  readonly limits: () => SpendLimits;
  /** The id of the turn that runs. */
  readonly turn: () => string | undefined;
  readonly lift: (what: NearCap["what"], limits: SpendLimits) => void;
  readonly stop: () => void;
}

/** Tells that most of a cap is spent. The turn goes on meanwhile, and an answer that comes too late for it does nothing. */
export async function promptNearCap(near: NearCap, { show, limits, turn, lift, stop }: NearCapPrompt): Promise<void> {
  const asked = turn();
  const { perTurn, perSession, perDay } = limits();
  const more = { "dollars-per-turn": perTurn, "dollars-per-session": perSession, "dollars-per-day": perDay }[near.what];
  const raise = `Raise by $${more.toFixed(2)}`;
  const answer = await show(`Outcrop: ${nearCapText(near)}`, "Continue", raise, "Stop Turn");
  const isSameTurn = turn() === asked;
  if (answer === raise && (isSameTurn || near.what !== "dollars-per-turn")) lift(near.what, limits());
  if (answer === "Stop Turn" && isSameTurn) stop();
}
