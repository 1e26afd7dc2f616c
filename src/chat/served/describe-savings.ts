/** What a turn read from the cache and wrote to it, in tokens, and the US dollars that this saved, where the price is known. */
export interface Savings {
  readonly read: number;
  readonly written: number;
  readonly saved: number | undefined;
}

/** What the cache spared a turn, in one sentence: what reading saved less what writing cost on top. */
export function describeSavings({ read, written, saved }: Savings): string {
  const [much, more] = [read, written].map((tokens) => tokens.toLocaleString("en-US"));
  const tokens = `${much} tokens were read from the prompt cache and ${more} written to it`;
  if (saved === undefined) return `${tokens}; the price is unknown.`;
  return `${tokens}, ${saved < 0 ? "costing" : "saving"} ${formatDollars(Math.abs(saved))}.`;
}

function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? "less than $0.01" : `$${dollars.toFixed(2)}`;
}
