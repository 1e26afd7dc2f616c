import type { Effort } from "./request-support.ts";

/** `auto`: the model decides, where it can; `budget`: so many tokens, where it takes a number. */
export const thinkingModes = ["off", "auto", "budget"] as const;
export type ThinkingMode = (typeof thinkingModes)[number];
/** Claude refuses a smaller one. */
export const leastThinkingBudget = 1_024;

export const serviceTiers = ["default", "flex", "priority", "reserved"] as const;
export type ServiceTier = (typeof serviceTiers)[number];

export const latencies = ["standard", "optimized"] as const;
export type Latency = (typeof latencies)[number];

export const cachingModes = ["off", "5m", "1h"] as const;
export type CachingMode = (typeof cachingModes)[number];

export const guardrailModes = ["sync", "async"] as const;
export const guardrailTraces = ["enabled", "disabled", "enabled_full"] as const;

/** A guardrail of the account that judges what is sent and what is answered. */
export interface GuardrailSettings {
  /** Its id or ARN. */
  readonly identifier: string;
  /** A number, or DRAFT. */
  readonly version: string;
  /** `async`: text goes out before it is judged. */
  readonly mode: (typeof guardrailModes)[number];
  readonly trace: (typeof guardrailTraces)[number];
}

/** What the user wants of every request, whoever answers it; what a model does not take is left out of its requests. */
export interface RequestSettings {
  readonly thinking: ThinkingMode;
  /** Tokens, part of `maxTokens`. */
  readonly thinkingBudget: number;
  readonly effort?: Effort;
  readonly temperature?: number;
  readonly topP?: number;
  readonly serviceTier?: ServiceTier;
  readonly latency?: Latency;
  readonly promptCaching: CachingMode;
  readonly guardrail?: GuardrailSettings;
  /** As `cleanMetadata` gives it. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Where the user says nothing. */
export const defaultRequest = { thinking: "auto", thinkingBudget: 4_096, promptCaching: "5m" } as const;
