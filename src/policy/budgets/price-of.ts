import { t, text } from "../../protocol/localize.ts";
import { promptTokens, type TokenUsage } from "../../protocol/token-usage.ts";
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

/** Rates that are others from some length of the prompt on, for the whole of a call. */
export interface TieredRates extends Rates {
  readonly tiers?: readonly (Rates & { readonly inputTokensAbove: number })[];
}

export interface Price extends TieredRates {
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
  label: text("price unknown"),
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
  return { ...withHour(rates), source: "table", label: t("price table of {0}", pricesDate) };
}

/**
 * Anthropic asks twice the input for a write that is kept for an hour, and a quarter more for one of five minutes; nobody
 * else asks more for a write than for input. https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching
 */
function withHour(rates: Omit<Rates, "cacheWriteHour">): Rates {
  const { input, cacheWrite } = rates;
  return { ...rates, cacheWriteHour: cacheWrite > input ? 2 * input : cacheWrite };
}

/** Those of a call with so many tokens in its prompt, cached ones too. */
export function ratesFor(prompt: number, price: TieredRates): Rates {
  const reached = (price.tiers ?? []).filter(({ inputTokensAbove }) => prompt > inputTokensAbove);
  return reached.reduce((rates, tier) => (tier.inputTokensAbove > rates.inputTokensAbove ? tier : rates), {
    ...price,
    inputTokensAbove: 0,
  });
}

/** US dollars of one model call: the one place that says what a call costs. */
export function costOf(usage: TokenUsage, tiered: TieredRates): number {
  const price = ratesFor(promptTokens(usage), tiered);
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
export function savedOf(usage: TokenUsage, price: TieredRates): number {
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
export function worstCaseOf(inputTokens: number, maxTokens: number, price: TieredRates, forHour = false): number {
  const call = { inputTokens, outputTokens: maxTokens, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
  const written = { ...call, inputTokens: 0, cacheWriteInputTokens: inputTokens };
  const kept = forHour ? { ...written, hourCacheWriteInputTokens: inputTokens } : written;
  return Math.max(costOf(call, price), costOf(kept, price));
}

function most(rate: (row: Row) => number): number {
  return Math.max(...rows.map((row) => rate(row) * prices.regionalFactor));
}
