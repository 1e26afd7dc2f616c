import type { BedrockConnection } from "../../protocol/connection.ts";
import { formatDollars, formatNumber, t } from "../../protocol/localize.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";

/** What another place changes of a connection. */
export interface FailoverPlace {
  readonly model?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** Rates in US dollars per 1,000,000 tokens; undefined where they are not known. */
export type CacheRates = { readonly cacheRead: number; readonly cacheWrite: number } | undefined;

/** The connection at the other place. An endpoint of the user's own stays: it is the same gateway. */
export function failoverTo({ routing, ...connection }: BedrockConnection, place: FailoverPlace): BedrockConnection {
  return {
    ...connection,
    ...(place.model !== undefined ? { modelId: place.model } : routing !== undefined && { routing }),
    ...(place.region !== undefined && { region: place.region }),
    ...(place.profile !== undefined && { profile: place.profile }),
  };
}

/** What the move costs beside the answer itself, as a sentence: a cache belongs to its model, region and account. */
export function describeCacheLoss(last: TokenUsage | null, rates: CacheRates): string {
  const cached = last === null ? 0 : last.cacheReadInputTokens + last.cacheWriteInputTokens;
  if (cached === 0) return t("Nothing of this chat is cached, so nothing is lost.");
  const tokens = formatNumber(cached);
  if (rates === undefined) return t("About {0} cached tokens are processed anew; what that costs is unknown.", tokens);
  const more = (cached * (rates.cacheWrite - rates.cacheRead)) / 1_000_000;
  return t("About {0} cached tokens are processed anew: about {1} more once.", tokens, formatDollars(more));
}
