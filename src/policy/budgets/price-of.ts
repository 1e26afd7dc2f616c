import type { TokenUsage } from "../../protocol/token-usage.ts";
import prices from "./prices.json" with { type: "json" };

/** In US dollars per 1,000,000 tokens. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** A cache write that is kept for an hour. */
  readonly cacheWriteHour: number;
}

export interface Price extends Rates {
  /** `unknown`: no price is known; the rates are the dearest in the table, so that it never counts as nothing. */
  readonly source: "user" | "catalogue" | "table" | "unknown";
  /** Where the rates are from and of what day, as it is shown wherever a sum of dollars is. */
  readonly label: string;
}

/** One source of prices; undefined for a model that it does not know. */
export type FindPrice = (modelId: string) => Price | undefined;
/** What a model's calls cost, whatever its id is. */
export type PriceOf = (modelId: string) => Price;

/** The day of the price table, as `2026-11-21`; shown wherever a sum of dollars is. */
export const pricesDate: string = prices.date;

type Row = Omit<Rates, "cacheWriteHour"> & {
  readonly match: string;
  /** Dearer by the table's factor where the request stays in a region or a geography. */
  readonly regional?: boolean;
};

const rows: readonly (Row & { readonly looks: RegExp })[] = prices.models.map((row: Row) => ({
  ...row,
  looks: new RegExp(row.match, "u"),
}));

const dearest: Price = {
  ...withHour({
    input: most(({ input }) => input),
    output: most(({ output }) => output),
    cacheRead: most(({ cacheRead }) => cacheRead),
    cacheWrite: most(({ cacheWrite }) => cacheWrite),
  }),
  source: "unknown",
  label: "price unknown",
};

/**
 * The price of a model id or inference profile id by the first of the sources that knows it, the bundled table last. An
 * ARN that names no model, a model nobody listed and a gateway's own names are unknown.
 */
export function priceOf(modelId: string, sources: readonly FindPrice[] = []): Price {
  for (const find of [...sources, findInTable]) {
    const found = find(modelId);
    if (found !== undefined) return found;
  }
  return dearest;
}

function findInTable(modelId: string): Price | undefined {
  const row = rows.find(({ looks }) => looks.test(modelId));
  if (row === undefined) return undefined;
  const isGlobal = /(?:^|\/)global\./u.test(modelId);
  const factor = row.regional === true && !isGlobal ? prices.regionalFactor : 1;
  const rates = {
    input: row.input * factor,
    output: row.output * factor,
    cacheRead: row.cacheRead * factor,
    cacheWrite: row.cacheWrite * factor,
  };
  return { ...withHour(rates), source: "table", label: `price table of ${pricesDate}` };
}

/**
 * Anthropic asks twice the input for a write that is kept for an hour, and a quarter more for one of five minutes; nobody
 * else asks more for a write than for input. https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching
 */
function withHour(rates: Omit<Rates, "cacheWriteHour">): Rates {
  const { input, cacheWrite } = rates;
  return { ...rates, cacheWriteHour: cacheWrite > input ? 2 * input : cacheWrite };
}

/** US dollars of one model call. */
export function costOf(usage: TokenUsage, price: Rates): number {
  const forHour = usage.hourCacheWriteInputTokens ?? 0;
  const sum =
    usage.inputTokens * price.input +
    usage.outputTokens * price.output +
    usage.cacheReadInputTokens * price.cacheRead +
    (usage.cacheWriteInputTokens - forHour) * price.cacheWrite +
    forHour * price.cacheWriteHour;
  return sum / 1_000_000;
}

/** What the call would have cost more without a cache; negative where what it wrote was not worth it. */
export function savedOf(usage: TokenUsage, price: Rates): number {
  const cached = usage.cacheReadInputTokens + usage.cacheWriteInputTokens;
  const { hourCacheWriteInputTokens: _, ...counts } = usage;
  const without = {
    ...counts,
    inputTokens: usage.inputTokens + cached,
    cacheReadInputTokens: 0,
    cacheWriteInputTokens: 0,
  };
  return costOf(without, price) - costOf(usage, price);
}

/**
 * The most that a call can cost before it is sent: nothing read from the cache, all of it written, and the whole answer.
 * `forHour`: its cache points are kept for an hour.
 */
export function worstCaseOf(inputTokens: number, maxTokens: number, price: Rates, forHour = false): number {
  const write = forHour ? price.cacheWriteHour : price.cacheWrite;
  return (inputTokens * Math.max(price.input, write) + maxTokens * price.output) / 1_000_000;
}

function most(rate: (row: Row) => number): number {
  return Math.max(...rows.map((row) => rate(row) * prices.regionalFactor));
}
