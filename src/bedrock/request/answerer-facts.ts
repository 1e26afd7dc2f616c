import type { AnswererFacts, PromptPrice } from "../../agent/answerer-facts.ts";
import type { Capabilities } from "../../agent/capabilities.ts";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { cachingOf } from "./caching-of.ts";

/** A model's price; `unknown` where it only stands in for one. */
export type PriceOf = (modelId: string) => PromptPrice & { readonly source: string };

/** What these settings ask of a model, as far as it takes it. */
export function answererFacts(settings: BedrockSettings, capabilities: Capabilities, priceOf: PriceOf): AnswererFacts {
  const { modelId, request } = settings;
  const price = priceOf(billedModel(settings, priceOf));
  const { thinking, thinkingBudget, effort, serviceTier, latency } = request ?? {};
  const { serviceTier: takesTier, latency: takesLatency } = capabilities.request;
  const mode = cachingOf(request, capabilities);
  return {
    modelId,
    cacheTtl: mode === "off" || capabilities.cachePoints.length === 0 ? undefined : mode,
    thinking: JSON.stringify([thinking, thinkingBudget, effort]),
    ...(serviceTier !== undefined && takesTier && { serviceTier }),
    ...(latency !== undefined && takesLatency && { latency }),
    ...(price.source !== "unknown" && { price }),
  };
}

/** By whose price the answers are counted: of an id without one of its own, that of the foundation model behind it. */
export function billedModel(
  { modelId, baseModelId = modelId }: Pick<BedrockSettings, "modelId" | "baseModelId">,
  priceOf: PriceOf,
): string {
  return priceOf(modelId).source === "unknown" ? baseModelId : modelId;
}
