import type { CountTokens } from "../agent/model.ts";
import { t } from "../protocol/localize.ts";
import { type BedrockSettings, isAwsEndpoint, isDecidedByGateway } from "./bedrock-settings.ts";
import { createClient, type RequestHandler } from "./client.ts";
import { ClientSlot, type HeldClient } from "./client-slot.ts";
import { configurationError } from "./configuration-error.ts";
import { BedrockModel } from "./converse-stream.ts";
import { TokenCounter } from "./count-tokens.ts";
import { type Attempt, AttemptLog } from "./inspector/attempt-log.ts";
import { type LearnedFeatures, LearnedInMemory, ModelLessons } from "./learned-features.ts";
import { destinationsOfId } from "./models/destinations.ts";
import { assertResidency } from "./models/residency.ts";
import { HeldBackEndpoints } from "./network/held-back-endpoints.ts";

/**
 * Keeps the client of the current settings, so that its connection is used again, and what the models have refused. A
 * change of settings makes another client; what runs on the old one finishes there, then it is destroyed.
 */
export class ClientPool {
  readonly #requestHandler: RequestHandler | undefined;
  readonly #lessons: ModelLessons;
  readonly #heldBack = new HeldBackEndpoints();
  readonly #attempts = new AttemptLog();
  readonly #counter = new TokenCounter();
  #current: { readonly fingerprint: string; readonly slot: ClientSlot } | undefined;

  constructor(requestHandler?: RequestHandler, learned: LearnedFeatures = new LearnedInMemory()) {
    this.#requestHandler = requestHandler;
    this.#lessons = new ModelLessons(learned);
  }

  /** What went over the wire last, the last one first. */
  get attempts(): readonly Attempt[] {
    return this.#attempts.attempts;
  }

  forgetAttempts(): void {
    this.#attempts.clear();
  }

  /**
   * For the next attempt. Throws a `ModelError` of kind `configuration`, also where the model may answer outside of the
   * allowed regions: nobody comes by a model in any other way, so nothing is sent there.
   */
  model(settings: BedrockSettings): BedrockModel {
    const slot = this.#slotOf(settings);
    return new BedrockModel({ slot, settings, lessons: this.#lessons, heldBack: this.#heldBack });
  }

  /** The client itself, for a call that asks no model. Throws a `ModelError` of kind `configuration`. */
  hold(settings: BedrockSettings): HeldClient {
    return this.#slotOf(settings).hold();
  }

  /** Undefined for a gateway, which is not asked for more than answers. */
  counter(settings: BedrockSettings): CountTokens | undefined {
    if (!isAwsEndpoint(settings.endpoint)) return undefined;
    return (request, signal) => this.countTokens(settings, request, signal);
  }

  /** The service's own count of a request's tokens; undefined where it does not tell. Never rejects. */
  async countTokens(
    settings: BedrockSettings,
    ...[request, signal]: Parameters<CountTokens>
  ): Promise<number | undefined> {
    const { modelId, baseModelId = modelId } = settings;
    if (baseModelId.trim() === "") return undefined;
    return this.#counter.count(() => this.hold(settings), baseModelId, request, signal);
  }

  #slotOf(settings: BedrockSettings): ClientSlot {
    if (settings.modelId.trim() === "" && !isDecidedByGateway(settings)) {
      throw configurationError(t("No model is set: select one, or set outcrop.model."), ["select-model"]);
    }
    const { modelId, destinations = destinationsOfId(modelId, settings.region), allowedRegions = [] } = settings;
    assertResidency(modelId, destinations, allowedRegions);
    const fingerprint = fingerprintOf(settings);
    if (this.#current?.fingerprint !== fingerprint) {
      const slot = new ClientSlot(() => createClient(settings, this.#requestHandler, this.#attempts));
      this.#current?.slot.retire();
      this.#current = { fingerprint, slot };
    }
    return this.#current.slot;
  }

  /** Closes the connections, whatever runs. */
  close(): void {
    this.#current?.slot.close();
    this.#current = undefined;
  }
}

/** What a client is made of; the rest is the request's. */
function fingerprintOf(settings: BedrockSettings): string {
  const {
    modelId,
    baseModelId,
    destinations,
    allowedRegions,
    ownLimits,
    publishedLimits,
    maxTokens,
    request,
    ...connection
  } = settings;
  return JSON.stringify(Object.entries(connection).sort());
}
