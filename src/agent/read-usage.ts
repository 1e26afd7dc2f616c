import type { TokenUsage as ConverseUsage } from "@aws-sdk/client-bedrock-runtime";
import type { TokenUsage } from "../protocol/token-usage.ts";

/** Converse's usage as the product counts it; null where it says nothing: unknown, not zero. */
export function readUsage(usage: ConverseUsage | undefined): TokenUsage | null {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null;
  const written = usage.cacheWriteInputTokens ?? 0;
  const forHour = Math.min(written, hourWrites(usage));
  return {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cacheReadInputTokens: usage.cacheReadInputTokens ?? 0,
    cacheWriteInputTokens: written,
    ...(forHour > 0 && { hourCacheWriteInputTokens: forHour }),
  };
}

function hourWrites({ cacheDetails = [] }: ConverseUsage): number {
  const forHour = cacheDetails.filter(({ ttl }) => ttl === "1h");
  return forHour.reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0);
}
