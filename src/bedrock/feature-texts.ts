import type { Feature } from "../agent/capabilities.ts";

interface FeatureText {
  readonly feature: Feature;
  /** As Bedrock words it; collected from public reports. */
  readonly text: RegExp;
  /** Ends "The model does not take …". */
  readonly name: string;
}

/** The more particular text comes first. */
const featureTexts: readonly FeatureText[] = [
  {
    feature: "toolCachePoint",
    text: /toolConfig\/tools\/\d+.*extraneous key \[cachePoint\]/iu,
    name: "cache points behind its tools",
  },
  {
    feature: "cachePoints",
    text: /did not allow prompt caching|extraneous key \[cachePoint\]|support.*(?:cachePoint|prompt caching)/iu,
    name: "cache points",
  },
  { feature: "streamingTools", text: /support tool use in streaming mode/iu, name: "tools while it streams" },
  {
    feature: "streaming",
    text: /unsupported for streaming|support (?:response )?streaming|streaming is not supported/iu,
    name: "streamed answers",
  },
  { feature: "toolChoice", text: /support.*(?:toolChoice|tool_choice|tool choice)/iu, name: "a forced tool choice" },
  { feature: "signature", text: /support.*reasoningContent/iu, name: "earlier reasoning" },
  {
    feature: "toolResultStatus",
    text: /support.*toolResult\.status|support (?:the )?status\b/iu,
    name: "the status of a tool's result",
  },
  {
    feature: "system",
    text: /support (?:the )?system\b|system (?:messages?|prompts?) (?:is|are) not supported/iu,
    name: "a system prompt of its own",
  },
  {
    feature: "temperature",
    text: /(?:support|unsupported|deprecated|not permitted|not supported).*temperature|temperature.*(?:deprecated|not (?:permitted|supported)|unsupported)/iu,
    name: "a temperature",
  },
  {
    feature: "maxTokens",
    text: /maximum tokens you requested exceeds the model limit/iu,
    name: "so many output tokens",
  },
];

/** The part of a request that a refusal names, and how to tell the user; undefined where it names none that can go. */
export function readFeature(message: string): Pick<FeatureText, "feature" | "name"> | undefined {
  return featureTexts.find(({ text }) => text.test(message));
}
