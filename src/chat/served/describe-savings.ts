import { formatDollars, formatNumber, t } from "../../protocol/localize.ts";

/** What a turn read from the cache and wrote to it, in tokens, and the US dollars that this saved, where the price is known. */
export interface Savings {
  readonly read: number;
  readonly written: number;
  readonly saved: number | undefined;
}

/** What the cache spared a turn, in one sentence: what reading saved less what writing cost on top. */
export function describeSavings({ read, written, saved }: Savings): string {
  const [much, more] = [formatNumber(read), formatNumber(written)];
  if (saved === undefined) {
    return t("{0} tokens were read from the prompt cache and {1} written to it; the price is unknown.", much, more);
  }
  const dollars = atLeastCents(Math.abs(saved));
  return saved < 0
    ? t("{0} tokens were read from the prompt cache and {1} written to it, costing {2}.", much, more, dollars)
    : t("{0} tokens were read from the prompt cache and {1} written to it, saving {2}.", much, more, dollars);
}

function atLeastCents(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? t("less than $0.01") : formatDollars(dollars);
}
