/** How hard a model may be told to think, least first; each model takes some of them. */
export const efforts = ["low", "medium", "high", "xhigh", "max"] as const;
export type Effort = (typeof efforts)[number];

/**
 * The fields by which a model is asked to think: Claude's `thinking` with a budget or `adaptive`, Nova's
 * `reasoningConfig`, and `reasoning_effort` of gpt-oss and Kimi.
 */
export type ThinkingField = "budget" | "adaptive" | "reasoningConfig" | "reasoning_effort";

export interface ThinkingSupport {
  /** Empty: nothing about thinking is sent. */
  readonly fields: readonly ThinkingField[];
  /** It thinks unless it is told not to. */
  readonly isDefault: boolean;
  readonly efforts: readonly Effort[];
  /** With a budget it thinks between tool calls too, where a beta is named. */
  readonly isInterleaved: boolean;
}

/** What a request for a model may hold beside messages and tools. */
export interface RequestSupport {
  readonly thinking: ThinkingSupport;
  readonly strictTools: boolean;
  readonly topP: boolean;
  /** Temperature and topP in one request. */
  readonly bothSamplings: boolean;
  /** Cache points that live for an hour. */
  readonly longCache: boolean;
  readonly serviceTier: boolean;
  readonly latency: boolean;
  /** `streamProcessingMode`; without it a guardrail judges before it lets through. */
  readonly guardrailMode: boolean;
  readonly requestMetadata: boolean;
}

export const noThinking: ThinkingSupport = {
  fields: [],
  isDefault: false,
  efforts: [],
  isInterleaved: false,
};

/** A model that does not think; what belongs to the service and not to the model is taken until it is refused. */
export const requestSupport: RequestSupport = {
  thinking: noThinking,
  strictTools: false,
  topP: true,
  bothSamplings: true,
  longCache: false,
  serviceTier: true,
  latency: true,
  guardrailMode: true,
  requestMetadata: true,
};
