import type { TokenUsage } from "../../protocol/token-usage.ts";
import prices from "./prices.json" with { type: "json" };

/** Rates in US dollars per 1,000,000 tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** `unknown`: no price is known; the rates are the dearest in the table, so that it never counts as nothing. */
  readonly source: "table" | "unknown";
}

/** The day of the price table, as `2026-11-21`; shown wherever a sum of dollars is. */
export const pricesDate: string = prices.date;

interface Row {
  readonly match: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Dearer by the table's factor where the request stays in a region or a geography. */
  readonly regional?: boolean;
}

const rows: readonly (Row & { readonly looks: RegExp })[] = prices.models.map((row: Row) => ({
  ...row,
  looks: new RegExp(row.match, "u"),
}));

const dearest: Price = {
  input: most(({ input }) => input),
  output: most(({ output }) => output),
  cacheRead: most(({ cacheRead }) => cacheRead),
  cacheWrite: most(({ cacheWrite }) => cacheWrite),
  source: "unknown",
};

/**
 * The price of a model id or inference profile id. An ARN that names no model, a model nobody listed and a gateway's
 * own names are unknown.
 */
export function priceOf(modelId: string): Price {
  const row = rows.find(({ looks }) => looks.test(modelId));
  if (row === undefined) return dearest;
  const isGlobal = /(?:^|\/)global\./u.test(modelId);
  const factor = row.regional === true && !isGlobal ? prices.regionalFactor : 1;
  return {
    input: row.input * factor,
    output: row.output * factor,
    cacheRead: row.cacheRead * factor,
    cacheWrite: row.cacheWrite * factor,
    source: "table",
  };
}

/** US dollars of one model call. */
export function costOf(usage: TokenUsage, price: Price): number {
  const sum =
    usage.inputTokens * price.input +
    usage.outputTokens * price.output +
    usage.cacheReadInputTokens * price.cacheRead +
    usage.cacheWriteInputTokens * price.cacheWrite;
  return sum / 1_000_000;
}

/** The most that a call can cost before it is sent: nothing read from the cache, all of it written, and the whole answer. */
export function worstCaseOf(inputTokens: number, maxTokens: number, price: Price): number {
  return (inputTokens * Math.max(price.input, price.cacheWrite) + maxTokens * price.output) / 1_000_000;
}

function most(rate: (row: Row) => number): number {
  return Math.max(...rows.map((row) => rate(row) * prices.regionalFactor));
}
