import type { Cost } from "./cost.ts";
import type { TokenUsage } from "./token-usage.ts";

/** Days that the usage view can show, today included. */
export const usageRanges = [7, 30, 90] as const;
export type UsageRange = (typeof usageRanges)[number];

/** What a number of model calls used and cost. */
export interface UsageSum {
  readonly calls: number;
  /** Calls of which the service told no usage are not in it. */
  readonly usage: TokenUsage;
  readonly cost: Pick<Cost, "dollars" | "unknown">;
  /** US dollars that the cache saved, of the calls whose price is known; negative where it cost more than it saved. */
  readonly saved: number;
}

export interface UsageRow extends UsageSum {
  /** A day as `2026-11-21`, a model id, or a session's id. */
  readonly key: string;
  /** Of a session: when its first call in the range was, in milliseconds since the epoch. */
  readonly since?: number;
}

/** What the usage view shows: no text of a chat. */
export interface UsageReport {
  readonly range: UsageRange;
  readonly total: UsageSum;
  /** Every day of the range, oldest first, also those without a call. */
  readonly days: readonly UsageRow[];
  /** Dearest first, then by tokens. */
  readonly models: readonly UsageRow[];
  readonly sessions: readonly UsageRow[];
  /** Sessions that are left out, the cheapest ones. */
  readonly moreSessions: number;
  /** Where the rates are from and of what day, each once. */
  readonly prices: readonly string[];
}

/** Everything that the usage view may say. */
export type FromUsageView =
  | { readonly type: "ready" }
  | { readonly type: "show"; readonly range: UsageRange }
  | { readonly type: "export" };

export type ToUsageView =
  | { readonly type: "report"; readonly report: UsageReport }
  /** The ledger cannot be read. */
  | { readonly type: "failed"; readonly message: string };
