import type { PromptPrice } from "../../agent/answerer-facts.ts";

/**
 * What the cache spared a turn, in one sentence. Money where a price is known: what reading saved less what writing
 * cost on top, which is negative where little was read yet.
 */
export function describeSavings(
  { read, written }: { readonly read: number; readonly written: number },
  price: PromptPrice | undefined,
): string {
  const [much, more] = [read, written].map((tokens) => tokens.toLocaleString("en-US"));
  const tokens = `${much} tokens were read from the prompt cache and ${more} written to it`;
  if (price === undefined) return `${tokens}; the price is unknown.`;
  const saved = (price.input - price.cacheRead) * read;
  const extra = (price.cacheWrite - price.input) * written;
  const dollars = (saved - extra) / 1_000_000;
  return `${tokens}, ${dollars < 0 ? "costing" : "saving"} ${formatDollars(Math.abs(dollars))}.`;
}

function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? "less than $0.01" : `$${dollars.toFixed(2)}`;
}
