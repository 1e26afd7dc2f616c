import type { SpendLimits } from "../../policy/budgets/budget-limits.ts";
import { type NearCap, nearCapText } from "../../policy/budgets/near-cap.ts";
import { formatDollars, t } from "../../protocol/localize.ts";

export interface NearCapPrompt {
  /** A notification that blocks nothing, until the signal takes it away; resolves with what was chosen. */
  readonly show: (text: string, choices: readonly string[], signal: AbortSignal) => Promise<string | undefined>;
  readonly limits: () => SpendLimits;
  /** Aborted when the turn is over. */
  readonly over: AbortSignal;
  readonly lift: (what: NearCap["what"], limits: SpendLimits) => void;
  readonly stop: () => void;
}

/** Tells that most of a cap is spent. The turn goes on meanwhile; with it the question goes, and nothing answers it later. */
export async function promptNearCap(near: NearCap, { show, limits, over, lift, stop }: NearCapPrompt): Promise<void> {
  if (over.aborted) return;
  const { perTurn, perSession, perDay } = limits();
  const more = { "dollars-per-turn": perTurn, "dollars-per-session": perSession, "dollars-per-day": perDay }[near.what];
  const raise = t("Raise by {0}", formatDollars(more));
  const answer = await show(`Outcrop: ${nearCapText(near)}`, [raise, t("Stop Turn")], over);
  if (over.aborted) return;
  if (answer === raise) lift(near.what, limits());
  if (answer === t("Stop Turn")) stop();
}
