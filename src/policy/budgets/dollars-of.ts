import type { TokenUsage } from "../../protocol/token-usage.ts";
import { costOf, priceOf } from "./price-of.ts";

/** US dollars of a call; undefined where nobody knows the model's price. */
export function dollarsOf(modelId: string, usage: TokenUsage): number | undefined {
  const price = priceOf(modelId);
  return price.source === "unknown" ? undefined : costOf(usage, price);
}
