import type { Capabilities, Feature } from "../agent/capabilities.ts";
import { modelFamilies, unknownModel } from "./model-families.ts";
import { geographyOf } from "./models/model-kind.ts";
import { requestSupportOf } from "./request/request-support-of.ts";
import { thinkingWithout } from "./request/thinking-without.ts";

/** What refusals have taught of one model. */
export interface Learned {
  readonly unsupported: readonly Feature[];
  readonly contextTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** Limits in tokens; what is left out is not known. */
export interface TokenLimits {
  readonly contextTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** Limits from elsewhere than refusals: `own` are the user's, `published` those of the catalogue. */
export interface GivenLimits {
  readonly own?: TokenLimits | undefined;
  readonly published?: TokenLimits | undefined;
}

const nothingLearned: Learned = { unsupported: [] };

/**
 * What a request for this model may hold: the row of its family, corrected by what refusals have taught. For its limits the
 * user's word is over what refusals have taught, that over what is published, and that over the family's.
 */
export function capabilitiesOf(
  modelId: string,
  learned: Learned = nothingLearned,
  { own: chosen, published }: GivenLimits = {},
): Capabilities {
  const id = baseModelId(modelId);
  const { capabilities } = modelFamilies.find((row) => row.id.test(id)) ?? { capabilities: unknownModel };
  const own: Capabilities = {
    ...capabilities,
    request: requestSupportOf(id),
    ...(isPromptArn(modelId) && { systemPrompt: "none", tools: false }),
  };
  let corrected = own;
  for (const feature of learned.unsupported) corrected = { ...corrected, ...without(feature, corrected) };
  const told = chosen?.contextTokens ?? learned.contextTokens;
  const { maxima } = own;
  return {
    ...corrected,
    maxima: {
      contextTokens: told ?? published?.contextTokens ?? maxima.contextTokens,
      ...(told !== undefined && { toldContextTokens: told }),
      outputTokens: chosen?.outputTokens ?? learned.outputTokens ?? published?.outputTokens ?? maxima.outputTokens,
    },
  };
}

/** A foundation model's own id, out of an ARN or an inference profile's id (`us.`, `eu.`, `global.`, …). */
export function baseModelId(modelId: string): string {
  const id = modelId.trim().split("/").at(-1) ?? modelId;
  const geography = geographyOf(id);
  return (geography === undefined ? id : id.slice(geography.length + 1)).toLowerCase();
}

/** A stored prompt brings its own system prompt, tools and parameters; a request may not set them. */
export function isPromptArn(modelId: string): boolean {
  return /^arn:[^:]+:bedrock:[^:]*:[^:]*:prompt\//u.test(modelId);
}

function without(feature: Feature, known: Capabilities): Partial<Capabilities> {
  switch (feature) {
    case "cachePoints":
      return { cachePoints: [] };
    case "toolCachePoint":
      return { cachePoints: known.cachePoints.filter((field) => field !== "tools") };
    case "streamingTools":
      return { streamingTools: false };
    case "streaming":
      return { streaming: false, streamingTools: false };
    case "toolChoice":
      return { toolChoice: [] };
    case "signature":
      return { replaysReasoning: "none" };
    case "toolResultStatus":
      return { toolResultStatus: false };
    case "system":
      return known.systemPrompt === "none" ? {} : { systemPrompt: "first-message" };
    case "temperature":
      return { temperature: false };
    case "maxTokens":
      return {};
    case "topP":
    case "strictTools":
    case "longCache":
    case "serviceTier":
    case "latency":
    case "guardrailMode":
    case "requestMetadata":
      return { request: { ...known.request, [feature]: false } };
    case "thinking":
    case "adaptiveThinking":
    case "thinkingBudget":
    case "interleavedThinking":
    case "effort":
      return { request: { ...known.request, thinking: thinkingWithout(feature, known.request.thinking) } };
  }
}
