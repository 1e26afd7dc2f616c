import type { Feature } from "../agent/capabilities.ts";

interface FeatureText {
  readonly feature: Feature;
  /** As Bedrock words it; collected from public reports. */
  readonly text: RegExp;
  /** It is believed also where access is denied. */
  readonly atDeniedAccess?: true;
}

/** A text that speaks of support without refusing it, as "contact your support system administrator", names nothing. */
function notSupported(what: string): RegExp {
  return new RegExp(`(?:do(?:es)?(?:n.t| not)|not|cannot) (?:currently )?support ${what}`, "iu");
}

/** The more particular text comes first. */
const featureTexts: readonly FeatureText[] = [
  { feature: "longCache", text: /cachePoint\.ttl|cache_control(?:\.ephemeral)?\.ttl/iu },
  // Latency-optimized models do not cache: their texts speak of Anthropic's own field.
  { feature: "cachePoints", text: /cache_control: Extra inputs are not permitted/iu },
  { feature: "thinkingBudget", text: /thinking\.type\.enabled"? is not supported/iu },
  { feature: "adaptiveThinking", text: /adaptive"? (?:thinking )?is not supported|tag 'adaptive' found/iu },
  { feature: "interleavedThinking", text: /invalid beta flag|anthropic_beta/iu },
  { feature: "effort", text: notSupported(".*(?:effort|reasoningConfig)") },
  {
    feature: "effort",
    text: /(?:output_config(?:\.effort)?|reasoning_effort|reasoningConfig).*(?:not (?:permitted|supported)|invalid|extraneous)/iu,
  },
  { feature: "effort", text: /extraneous key \[(?:output_config|reasoning_effort|reasoningConfig)\]/iu },
  { feature: "thinking", text: /thinking(?:\.type)?: Extra inputs are not permitted|extraneous key \[thinking\]/iu },
  { feature: "thinking", text: notSupported(".*thinking") },
  {
    feature: "strictTools",
    text: /\bstrict\b.*(?:Extra inputs are not permitted|not supported)|extraneous key \[strict\]/iu,
  },
  { feature: "strictTools", text: notSupported(".*\\bstrict\\b") },
  {
    feature: "serviceTier",
    text: /reservation not found|service ?tier.*(?:invalid|not supported|unsupported)|extraneous key \[serviceTier\]/iu,
  },
  { feature: "serviceTier", text: notSupported(".*service ?tier") },
  {
    feature: "latency",
    text: /(?:latency|performance ?config).*(?:not supported|unsupported)|extraneous key \[performanceConfig\]/iu,
  },
  { feature: "latency", text: notSupported(".*(?:latency|performance ?config)") },
  { feature: "guardrailMode", text: /streamProcessingMode/iu },
  { feature: "requestMetadata", text: /'requestMetadata'|extraneous key \[requestMetadata\]/iu },
  { feature: "requestMetadata", text: notSupported(".*requestMetadata") },
  { feature: "topP", text: /`?temperature`? and `?top_?p`? cannot both be specified/iu },
  { feature: "topP", text: /\btop_?p\b.*(?:deprecated|not (?:permitted|supported)|unsupported)/iu },
  { feature: "topP", text: notSupported(".*\\btop_?p\\b") },
  {
    feature: "toolCachePoint",
    text: /toolConfig\/tools\/\d+.*extraneous key \[cachePoint\]/iu,
  },
  // Comes with status 403, at which else nothing of the request is at fault.
  { feature: "cachePoints", text: /did not allow prompt caching/iu, atDeniedAccess: true },
  { feature: "cachePoints", text: /extraneous key \[cachePoint\]/iu },
  { feature: "cachePoints", text: notSupported(".*(?:cachePoint|prompt caching)") },
  { feature: "streamingTools", text: notSupported("tool use in streaming mode") },
  {
    feature: "streaming",
    text: /unsupported for streaming|streaming is not supported/iu,
  },
  { feature: "streaming", text: notSupported("(?:response )?streaming") },
  { feature: "toolChoice", text: notSupported(".*(?:toolChoice|tool_choice|tool choice)") },
  { feature: "signature", text: notSupported(".*reasoningContent") },
  {
    feature: "toolResultStatus",
    text: notSupported("(?:.*toolResult\\.status|(?:the )?status\\b)"),
  },
  { feature: "system", text: notSupported("(?:the )?system\\b") },
  {
    feature: "system",
    text: /system (?:messages?|prompts?) (?:is|are) not supported/iu,
  },
  { feature: "temperature", text: notSupported(".*temperature") },
  {
    feature: "temperature",
    text: /(?:unsupported|deprecated|not permitted|not supported).*temperature|temperature.*(?:deprecated|not (?:permitted|supported)|unsupported)/iu,
  },
  {
    feature: "maxTokens",
    text: /maximum tokens you requested exceeds the model limit/iu,
  },
];

/**
 * The part of a request that a refusal names; undefined where it names none that can go.
 * `deniesAccess`: it came with status 403, whose other texts are of policies, networks and keys.
 */
export function readFeature(message: string, deniesAccess: boolean): Feature | undefined {
  return featureTexts.find(({ text, atDeniedAccess }) => (!deniesAccess || atDeniedAccess) && text.test(message))
    ?.feature;
}
