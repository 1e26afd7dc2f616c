/** Tokens of one model call or a sum of calls, under Converse's own names. `inputTokens` excludes cached tokens. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  /** How many of `cacheWriteInputTokens` were written for an hour, which costs more than five minutes; absent: none. */
  readonly hourCacheWriteInputTokens?: number;
}

export const noUsage: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 0,
};

export function addUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  const forHour = (left.hourCacheWriteInputTokens ?? 0) + (right.hourCacheWriteInputTokens ?? 0);
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    cacheReadInputTokens: left.cacheReadInputTokens + right.cacheReadInputTokens,
    cacheWriteInputTokens: left.cacheWriteInputTokens + right.cacheWriteInputTokens,
    ...(forHour > 0 && { hourCacheWriteInputTokens: forHour }),
  };
}

/** All prompt tokens that Bedrock processed: new, read from the cache and written to it. */
export function promptTokens(usage: TokenUsage): number {
  return usage.inputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens;
}
