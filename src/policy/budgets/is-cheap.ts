import { costOf, type Price } from "./price-of.ts";

/** What a title takes: its prompt is cut, its answer a few words. */
const titleCall = { inputTokens: 1_200, outputTokens: 60, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };

/** US dollars that may be spent on what nobody has asked for: what the small models of each family stay below. */
const most = 0.002;

/** Whether a model may be asked for a chat's title because it costs next to nothing. An unknown price is never cheap. */
export function isCheap(price: Price): boolean {
  return price.source !== "unknown" && costOf(titleCall, price) <= most;
}
