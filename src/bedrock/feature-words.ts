import type { Feature } from "../agent/capabilities.ts";
import type { Lesson } from "../agent/model.ts";

interface FeatureWords {
  /** Ends "The model does not take …". */
  readonly name: string;
  /** What the user reads when the request was sent again without it. */
  readonly healed: string | ((lesson: Lesson) => string);
}

/** What users are told of each part of a request that a model may refuse. */
const featureWords: Readonly<Record<Feature, FeatureWords>> = {
  cachePoints: {
    name: "cache points",
    healed: "Asked again without prompt caching, because this model does not support it.",
  },
  toolCachePoint: {
    name: "cache points behind its tools",
    healed: "Asked again without a cache point behind the tools, because this model does not take one there.",
  },
  streaming: {
    name: "streamed answers",
    healed: "Asked again without streaming, because this model's answers do not stream.",
  },
  streamingTools: {
    name: "tools while it streams",
    healed: "Asked again without streaming, because this model's tools do not stream.",
  },
  toolChoice: {
    name: "a forced tool choice",
    healed: "Asked again without a forced tool choice, because this model does not support one.",
  },
  signature: {
    name: "earlier reasoning",
    healed: "Asked again without the earlier reasoning, because this model does not take it back.",
  },
  toolResultStatus: {
    name: "the status of a tool's result",
    healed: "Asked again without the status of tool results, because this model does not take it.",
  },
  system: {
    name: "a system prompt of its own",
    healed: "Asked again with the system prompt in the first message, because this model takes none of its own.",
  },
  temperature: {
    name: "a temperature",
    healed: "Asked again without a temperature, because this model does not take one.",
  },
  topP: {
    name: "topP",
    healed: "Asked again without topP, because this model does not take it.",
  },
  thinking: {
    name: "settings for its thinking",
    healed: "Asked again without settings for thinking, because this model does not take them.",
  },
  adaptiveThinking: {
    name: "adaptive thinking",
    healed: "Asked again without adaptive thinking, because this model does not support it.",
  },
  thinkingBudget: {
    name: "a budget for its thinking",
    healed: "Asked again with adaptive thinking, because this model takes no budget for it.",
  },
  interleavedThinking: {
    name: "thinking between tool calls",
    healed: "Asked again without thinking between tool calls, because this model does not support it.",
  },
  effort: {
    name: "an effort",
    healed: "Asked again without an effort, because this model does not take one.",
  },
  strictTools: {
    name: "strict tools",
    healed: "Asked again without strict tools, because this model does not support them.",
  },
  longCache: {
    name: "a prompt cache of one hour",
    healed: "Asked again with a prompt cache of 5 minutes, because this model does not keep one for an hour.",
  },
  serviceTier: {
    name: "this service tier",
    healed:
      "Asked again in the default service tier, because this model does not offer the one in outcrop.serviceTier.",
  },
  latency: {
    name: "optimized latency",
    healed: "Asked again with standard latency, because this model does not offer the one in outcrop.latency.",
  },
  guardrailMode: {
    name: "a guardrail's mode",
    healed: "Asked again without the guardrail's mode; the guardrail judges before it lets text through.",
  },
  requestMetadata: {
    name: "request metadata",
    healed: "Asked again without request metadata, because it was refused.",
  },
  maxTokens: {
    name: "so many output tokens",
    healed: ({ outputTokens }) =>
      outputTokens === undefined
        ? "Asked again with fewer output tokens."
        : `Asked again with at most ${outputTokens.toLocaleString("en-US")} output tokens.`,
  },
};

/** What was refused, in one clause. */
export function refusalOf(feature: Feature): string {
  return `The model does not take ${featureWords[feature].name}`;
}

/** That the request was sent again without it, and why; a whole sentence. */
export function healingOf(feature: Feature, lesson: Lesson): string {
  const { healed } = featureWords[feature];
  return typeof healed === "function" ? healed(lesson) : healed;
}
