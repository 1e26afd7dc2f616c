import type { TokenUsage } from "../protocol/token-usage.ts";

/** US dollars that a call would have cost more without a cache. */
export type SavedOf = (usage: TokenUsage) => number;

/** What is asked of whoever answers, to be held against what they say that they did. */
export interface AnswererFacts {
  readonly modelId: string;
  /** How long what is cached lives without being read; undefined where nothing is cached. */
  readonly cacheTtl: "5m" | "1h" | undefined;
  /** The thinking that is asked for, in a form in which two are equal where the wishes are. */
  readonly thinking: string;
  readonly serviceTier?: string;
  readonly latency?: string;
  /** Undefined: the price is not known. */
  readonly savedOf?: SavedOf;
}
