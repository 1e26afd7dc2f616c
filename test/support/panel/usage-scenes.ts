import type { UsageRecord } from "../../../src/policy/usage/usage-record.ts";
import { reportUsage } from "../../../src/policy/usage/usage-report.ts";
import type { ToUsageView, UsageRange } from "../../../src/protocol/usage-report.ts";

const today = new Date(2026, 10, 21, 12);
const models = [
  "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.amazon.nova-pro-v1:0",
  "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/team-search-long-name-of-a-profile",
];

/** A call `daysAgo`, its model by number; the last model's price is unknown. */
export function usedCall(daysAgo: number, model = 0, session = "s1"): UsageRecord {
  const at = new Date(2026, 10, 21 - daysAgo, 9);
  const day = `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
  const isPriced = model < 2;
  return {
    ...{ time: at.toISOString(), day, session, model: models[model] ?? "", region: null, host: null, profile: null },
    usage: {
      ...{ inputTokens: 1_000 * (daysAgo + 1), outputTokens: 500, cacheReadInputTokens: 30_000 },
      cacheWriteInputTokens: 2_000,
    },
    cost: isPriced ? 0.02 * ((daysAgo % 5) + 1) : null,
    saved: isPriced ? 0.08 : null,
    prices: isPriced ? "price table of 2026-11-21" : "price unknown",
  };
}

export function reported(records: readonly UsageRecord[], range: UsageRange = 30): ToUsageView {
  return { type: "report", report: reportUsage(records, range, today) };
}

/** Three weeks of work with three models, one of them without a price. */
export const busyWeeks: readonly UsageRecord[] = [
  ...Array.from({ length: 21 }, (_, index) => usedCall(index, index % 2, `s${index % 6}`)),
  usedCall(3, 2, "s9"),
  usedCall(4, 2, "s9"),
];
