import { costText } from "../../src/protocol/cost.ts";
import { promptTokens } from "../../src/protocol/token-usage.ts";
import type { UsageSum } from "../../src/protocol/usage-report.ts";
import { formatNumber, t } from "../strings.ts";
import { cachedShare, savedWords } from "./usage-words.ts";

/** The sums of the whole range. */
export function UsageTotals({ total }: { readonly total: UsageSum }) {
  const { usage, cost, calls } = total;
  const { inputTokens, cacheReadInputTokens, cacheWriteInputTokens, hourCacheWriteInputTokens = 0 } = usage;
  const kinds = [
    t("{0} new", formatNumber(inputTokens)),
    t("{0} read from the cache", formatNumber(cacheReadInputTokens)),
    t("{0} written to it", formatNumber(cacheWriteInputTokens)),
    ...(hourCacheWriteInputTokens > 0 ? [t("{0} of them for an hour", formatNumber(hourCacheWriteInputTokens))] : []),
  ];
  const tiles = [
    [t("Cost"), costText(cost), ""],
    [...savedWords(total), ""],
    [t("Input tokens"), formatNumber(promptTokens(usage)), kinds.join(", ")],
    [t("Cached share of input"), cachedShare(usage), ""],
    [t("Output tokens"), formatNumber(usage.outputTokens), ""],
    [t("Model calls"), formatNumber(calls), ""],
  ] as const;
  return (
    <dl class="totals">
      {tiles.map(([name, value, more]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          {more !== "" && <dd class="total-more">{more}</dd>}
        </div>
      ))}
    </dl>
  );
}
