import type { BedrockClient } from "@aws-sdk/client-bedrock";
import * as z from "zod";
import { type BedrockSettings, hasControlPlane } from "../bedrock-settings.ts";
import type { LearnedFeatures } from "../learned-features.ts";
import { createControlPlane } from "./control-plane.ts";
import { type Destinations, destinationsOfArns, destinationsOfId } from "./destinations.ts";
import { needsLookUp } from "./model-kind.ts";
import { readBehindModel } from "./resolve-model.ts";

/** An id and what stands behind it. */
export interface ResolvedModel {
  /** The foundation model whose capabilities, limits and prices hold; the id itself where nothing better is known. */
  readonly baseModelId: string;
  readonly destinations: Destinations;
}

export interface ModelResolverOptions {
  readonly store: LearnedFeatures;
  readonly now?: () => number;
  /** Longest wait for the control plane, in milliseconds; what it would say is then left open. */
  readonly limitMs?: number;
}

/** Profiles are seldom changed, but they can be. */
const keptMs = 6 * 60 * 60 * 1_000;
/** Where it was refused, it is asked again sooner: a right may have been granted. */
const refusedMs = 5 * 60 * 1_000;

const storedSchema = z.object({
  baseModelId: z.string().optional(),
  modelArns: z.array(z.string()),
  until: z.number(),
});

/**
 * Finds out what stands behind an inference profile, a router, bought throughput or an imported model, and where it
 * answers. What AWS said is kept for hours, so that a turn waits for it once at most; where it may not be read the id's form decides.
 */
export class ModelResolver {
  readonly #store: LearnedFeatures;
  readonly #now: () => number;
  readonly #limitMs: number;
  readonly #refused = new Map<string, number>();

  constructor({ store, now = Date.now, limitMs = 5_000 }: ModelResolverOptions) {
    this.#store = store;
    this.#now = now;
    this.#limitMs = limitMs;
  }

  /** `isLocked`: the destinations count, so that a profile whose id names its model is looked up as well. Never rejects. */
  async resolve(settings: BedrockSettings, isLocked: boolean): Promise<ResolvedModel> {
    const { modelId } = settings;
    if (!hasControlPlane(settings) || !needsLookUp(modelId, isLocked)) return fromForm(modelId, settings.region);
    const key = `outcrop.resolved:${[settings.profile, settings.region, modelId].map((part) => part ?? "").join(":")}`;
    const kept = storedSchema.safeParse(this.#store.get(key));
    const known = kept.success && kept.data.until > this.#now() ? kept.data : undefined;
    if (known !== undefined) return toResolved(modelId, settings.region, known);
    if ((this.#refused.get(key) ?? 0) > this.#now()) return fromForm(modelId, settings.region);
    return this.#ask(settings, key);
  }

  async #ask(settings: BedrockSettings, key: string): Promise<ResolvedModel> {
    const { modelId } = settings;
    let client: BedrockClient | undefined;
    let region = settings.region;
    try {
      client = createControlPlane(settings);
      // From the environment or the profile, where the setting is empty.
      region ??= await client.config.region();
      const behind = await readBehindModel(client, modelId, AbortSignal.timeout(this.#limitMs));
      if (behind === undefined) return fromForm(modelId, region);
      this.#store.set(key, { ...behind, until: this.#now() + keptMs });
      return toResolved(modelId, region, behind);
    } catch {
      // Denied, offline or slow: the call itself will say what is wrong, if anything is.
      this.#refused.set(key, this.#now() + refusedMs);
      return fromForm(modelId, region);
    } finally {
      client?.destroy();
    }
  }
}

function fromForm(modelId: string, region: string | undefined): ResolvedModel {
  return { baseModelId: modelId, destinations: destinationsOfId(modelId, region) };
}

function toResolved(
  modelId: string,
  region: string | undefined,
  { baseModelId, modelArns }: { readonly baseModelId?: string | undefined; readonly modelArns: readonly string[] },
): ResolvedModel {
  const destinations = modelArns.length > 0 ? destinationsOfArns(modelArns) : destinationsOfId(modelId, region);
  return { baseModelId: baseModelId ?? modelId, destinations };
}
