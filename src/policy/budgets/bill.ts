import { t } from "../../protocol/localize.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import { costOf, type Price, savedOf } from "./price-of.ts";

/** What Bedrock reports; every field may be absent or senseless. */
export type ReportedUsage = Readonly<Partial<Record<keyof TokenUsage, number | undefined>>>;

/** What is known of a call that is over. Nothing of it is a guess: what is counted against the caps may be more. */
export interface Bill {
  readonly usage: TokenUsage | undefined;
  /** US dollars; undefined where usage or price is unknown. */
  readonly cost: number | undefined;
  /** US dollars that the cache has saved. */
  readonly saved: number | undefined;
  /** `Price.label`. */
  readonly prices: string;
}

export function billOf(reported: ReportedUsage | undefined, price: Price): Bill {
  const usage = soundUsage(reported);
  const isKnown = usage !== undefined && price.source !== "unknown";
  return {
    usage,
    cost: isKnown ? costOf(usage, price) : undefined,
    saved: isKnown ? savedOf(usage, price) : undefined,
    prices: t(price.label),
  };
}

/** Undefined where a number is absent, negative, not finite or no whole number, or where no token was processed at all. */
function soundUsage(usage: ReportedUsage | undefined): TokenUsage | undefined {
  const counts = {
    inputTokens: usage?.inputTokens ?? Number.NaN,
    outputTokens: usage?.outputTokens ?? Number.NaN,
    cacheReadInputTokens: usage?.cacheReadInputTokens ?? 0,
    cacheWriteInputTokens: usage?.cacheWriteInputTokens ?? 0,
  };
  const all = Object.values(counts);
  const sound = all.every((count) => Number.isSafeInteger(count) && count >= 0) && all.some((count) => count > 0);
  if (!sound) return undefined;
  const forHour = Math.min(counts.cacheWriteInputTokens, usage?.hourCacheWriteInputTokens ?? 0);
  return Number.isSafeInteger(forHour) && forHour > 0 ? { ...counts, hourCacheWriteInputTokens: forHour } : counts;
}
