import * as vscode from "vscode";
import * as z from "zod";
import {
  defaultSpendLimits,
  defaultTurnLimits,
  type SpendLimits,
  type TurnLimits,
} from "../policy/budgets/budget-limits.ts";
import { settingsSection } from "./user-settings.ts";

export interface PolicySettings {
  readonly turn: TurnLimits;
  readonly spend: SpendLimits;
  /** Names of variables that commands get besides the usual ones. */
  readonly commandEnvironment: readonly string[];
}

const names = z.array(z.string().regex(/^[A-Za-z_]\w*$/));

/** The limits and what commands get, of scope `application`: only the user's own settings count. A value of the wrong type counts as unset. */
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
    commandEnvironment: names.catch([]).parse(section.get<unknown>("commandEnvironment")),
  };
}
