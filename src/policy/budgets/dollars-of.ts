import type { TokenUsage } from "../../protocol/token-usage.ts";
import { costOf, type PriceOf } from "./price-of.ts";

/** By these prices: US dollars of a call of a model; undefined where nobody knows its price. */
export function dollarsOf(priceOf: PriceOf): (modelId: string, usage: TokenUsage) => number | undefined {
  return (modelId, usage) => {
    const price = priceOf(modelId);
    return price.source === "unknown" ? undefined : costOf(usage, price);
  };
}
