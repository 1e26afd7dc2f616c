import * as vscode from "vscode";
import {
  defaultSpendLimits,
  defaultTurnLimits,
  type SpendLimits,
  type TurnLimits,
} from "../policy/budgets/budget-limits.ts";
import { settingsSection } from "./settings.ts";

export interface PolicySettings {
  readonly turn: TurnLimits;
  readonly spend: SpendLimits;
}

/** The limits, of scope `application`: only the user's own settings count. A value of the wrong type counts as unset. */
export function readPolicySettings(): PolicySettings {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const number = (key: string, fallback: number): number => {
    const value = section.get<unknown>(key);
    return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : fallback;
  };
  return {
    turn: {
      ...defaultTurnLimits,
      // The loop counts model calls itself: outcrop.maxSteps.
      steps: Number.MAX_SAFE_INTEGER,
      toolCalls: number("maxToolCalls", defaultTurnLimits.toolCalls),
      wallClockMs: number("maxTurnMinutes", defaultTurnLimits.wallClockMs / 60_000) * 60_000,
    },
    spend: {
      perTurn: number("maxTurnCost", defaultSpendLimits.perTurn),
      perSession: number("maxSessionCost", defaultSpendLimits.perSession),
      perDay: number("maxDayCost", defaultSpendLimits.perDay),
    },
  };
}
