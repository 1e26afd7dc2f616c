import type { AnswererFacts, SavedOf } from "../../agent/answerer-facts.ts";
import type { Capabilities } from "../../agent/capabilities.ts";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { type ModelKind, modelKind } from "../models/model-kind.ts";
import { cachingOf } from "./caching-of.ts";

/** Where a model's price is from; `unknown` where it only stands in for one. */
type PriceOf = (modelId: string) => { readonly source: string };

/** What these settings ask of a model, as far as it takes it. */
export function answererFacts(settings: BedrockSettings, capabilities: Capabilities, savedOf?: SavedOf): AnswererFacts {
  const { modelId, request } = settings;
  const { thinking, thinkingBudget, effort, serviceTier, latency } = request ?? {};
  const { serviceTier: takesTier, latency: takesLatency } = capabilities.request;
  const mode = cachingOf(request, capabilities);
  return {
    modelId,
    cacheTtl: mode === "off" || capabilities.cachePoints.length === 0 ? undefined : mode,
    thinking: JSON.stringify([thinking, thinkingBudget, effort]),
    ...(serviceTier !== undefined && takesTier && { serviceTier }),
    ...(latency !== undefined && takesLatency && { latency }),
    ...(savedOf !== undefined && { savedOf }),
  };
}

/**
 * By whose price the answers are counted: of an id without one of its own, that of the foundation model behind it. What is
 * paid by the hour has none by the token, unless the user gives it one.
 */
export function billedModel(
  { modelId, baseModelId = modelId }: Pick<BedrockSettings, "modelId" | "baseModelId">,
  priceOf: PriceOf,
): string {
  if (paidByTheHour.has(modelKind(modelId))) return modelId;
  return priceOf(modelId).source === "unknown" ? baseModelId : modelId;
}

const paidByTheHour: ReadonlySet<ModelKind> = new Set(["provisioned", "imported"]);
