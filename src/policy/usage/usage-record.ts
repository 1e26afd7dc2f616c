import * as z from "zod";
import type { TokenUsage } from "../../protocol/token-usage.ts";

const count = z.int().nonnegative();

/** One model call, as a line of the usage ledger. No text of a chat is in it. */
export const usageRecord = z.object({
  /** ISO 8601, in UTC. */
  time: z.string(),
  /** The user's local date, as `2026-11-21`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u),
  session: z.string(),
  model: z.string(),
  region: z.string().nullable(),
  /** Of an endpoint that is not the region's own. */
  host: z.string().nullable(),
  /** The name of the AWS profile. */
  profile: z.string().nullable(),
  /** Null where the service did not say. */
  usage: z
    .object({
      inputTokens: count,
      outputTokens: count,
      cacheReadInputTokens: count,
      cacheWriteInputTokens: count,
      hourCacheWriteInputTokens: count.exactOptional(),
    } satisfies Record<keyof TokenUsage, unknown>)
    .nullable(),
  /** US dollars; null where price or usage is unknown. */
  cost: z.number().nonnegative().nullable(),
  /** US dollars that the cache saved. */
  saved: z.number().nullable(),
  /** Where the rates are from and of what day. */
  prices: z.string(),
});

export type UsageRecord = z.infer<typeof usageRecord>;

/** Where a call went, by names that are no secrets. */
export interface CallPlace {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly profile?: string | undefined;
}
