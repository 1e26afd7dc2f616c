import type { BedrockSettings } from "../bedrock-settings.ts";
import type { LearnedFeatures } from "../learned-features.ts";
import { ownLimitsOf, readModelLimits } from "../model-limits.ts";
import { destinationsOfId } from "./destinations.ts";
import { needsLookUp } from "./model-kind.ts";
import type { ModelResolver } from "./model-resolver.ts";
import { readAllowedRegions } from "./residency.ts";

/** The settings about models, as the user wrote them. */
export interface ModelRules {
  readonly allowedRegions: unknown;
  readonly modelLimits: unknown;
}

/** Adds to the settings of a call what stands behind its model's id, and the user's rules about it. */
export class ModelPlaces {
  readonly #store: LearnedFeatures;
  #resolver: ModelResolver | undefined;

  constructor(store: LearnedFeatures) {
    this.#store = store;
  }

  /** Asks the control plane where the id leaves something open, seconds at most. Rejects with a `ModelError` of kind `configuration`. */
  async place(settings: BedrockSettings, rules: ModelRules): Promise<BedrockSettings> {
    const allowedRegions = readAllowedRegions(rules.allowedRegions);
    const limits = readModelLimits(rules.modelLimits);
    const { modelId } = settings;
    const isLocked = allowedRegions.length > 0;
    const { baseModelId, destinations } = needsLookUp(modelId, isLocked)
      ? await (await this.#loaded()).resolve(settings, isLocked)
      : { baseModelId: modelId, destinations: destinationsOfId(modelId, settings.region) };
    const ownLimits = ownLimitsOf(limits, modelId, baseModelId);
    const { catalogueEntry } = await import("../catalogue/catalogue.ts");
    const publishedLimits = catalogueEntry(baseModelId);
    return { ...settings, baseModelId, destinations, allowedRegions, ownLimits, publishedLimits };
  }

  /** Most ids need no control plane, and so no client for it. */
  async #loaded(): Promise<ModelResolver> {
    const { ModelResolver } = await import("./model-resolver.ts");
    this.#resolver ??= new ModelResolver({ store: this.#store });
    return this.#resolver;
  }
}
