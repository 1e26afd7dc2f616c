import type { Feature } from "../agent/capabilities.ts";
import type { Lesson } from "../agent/model.ts";
import { formatNumber, t, text } from "../protocol/localize.ts";

interface FeatureWords {
  /** Ends "The model does not take …". */
  readonly name: string;
  /** What the user reads when the request was sent again without it. */
  readonly healed: string | ((lesson: Lesson) => string);
}

/** What users are told of each part of a request that a model may refuse. */
const featureWords: Readonly<Record<Feature, FeatureWords>> = {
  cachePoints: {
    name: text("cache points"),
    healed: text("Asked again without prompt caching, because this model does not support it."),
  },
  toolCachePoint: {
    name: text("cache points behind its tools"),
    healed: text("Asked again without a cache point behind the tools, because this model does not take one there."),
  },
  streaming: {
    name: text("streamed answers"),
    healed: text("Asked again without streaming, because this model's answers do not stream."),
  },
  streamingTools: {
    name: text("tools while it streams"),
    healed: text("Asked again without streaming, because this model's tools do not stream."),
  },
  toolChoice: {
    name: text("a forced tool choice"),
    healed: text("Asked again without a forced tool choice, because this model does not support one."),
  },
  signature: {
    name: text("earlier reasoning"),
    healed: text("Asked again without the earlier reasoning, because this model does not take it back."),
  },
  toolResultStatus: {
    name: text("the status of a tool's result"),
    healed: text("Asked again without the status of tool results, because this model does not take it."),
  },
  system: {
    name: text("a system prompt of its own"),
    healed: text("Asked again with the system prompt in the first message, because this model takes none of its own."),
  },
  temperature: {
    name: text("a temperature"),
    healed: text("Asked again without a temperature, because this model does not take one."),
  },
  topP: {
    name: "topP",
    healed: text("Asked again without topP, because this model does not take it."),
  },
  thinking: {
    name: text("settings for its thinking"),
    healed: text("Asked again without settings for thinking, because this model does not take them."),
  },
  adaptiveThinking: {
    name: text("adaptive thinking"),
    healed: text("Asked again without adaptive thinking, because this model does not support it."),
  },
  thinkingBudget: {
    name: text("a budget for its thinking"),
    healed: text("Asked again with adaptive thinking, because this model takes no budget for it."),
  },
  interleavedThinking: {
    name: text("thinking between tool calls"),
    healed: text("Asked again without thinking between tool calls, because this model does not support it."),
  },
  effort: {
    name: text("an effort"),
    healed: text("Asked again without an effort, because this model does not take one."),
  },
  strictTools: {
    name: text("strict tools"),
    healed: text("Asked again without strict tools, because this model does not support them."),
  },
  longCache: {
    name: text("a prompt cache of one hour"),
    healed: text("Asked again with a prompt cache of 5 minutes, because this model does not keep one for an hour."),
  },
  serviceTier: {
    name: text("this service tier"),
    healed: text(
      "Asked again in the default service tier, because this model does not offer the one in outcrop.serviceTier.",
    ),
  },
  latency: {
    name: text("optimized latency"),
    healed: text("Asked again with standard latency, because this model does not offer the one in outcrop.latency."),
  },
  guardrailMode: {
    name: text("a guardrail's mode"),
    healed: text("Asked again without the guardrail's mode; the guardrail judges before it lets text through."),
  },
  requestMetadata: {
    name: text("request metadata"),
    healed: text("Asked again without request metadata, because it was refused."),
  },
  maxTokens: {
    name: text("so many output tokens"),
    healed: ({ outputTokens }) =>
      outputTokens === undefined
        ? t("Asked again with fewer output tokens.")
        : t("Asked again with at most {0} output tokens.", formatNumber(outputTokens)),
  },
};

/** What was refused, in one clause. */
export function refusalOf(feature: Feature): string {
  return t("The model does not take {0}", t(featureWords[feature].name));
}

/** That the request was sent again without it, and why; a whole sentence. */
export function healingOf(feature: Feature, lesson: Lesson): string {
  const { healed } = featureWords[feature];
  return typeof healed === "function" ? healed(lesson) : t(healed);
}
