import type { BedrockSettings } from "./bedrock-settings.ts";
import { createClient, type RequestHandler } from "./client.ts";
import { ClientSlot } from "./client-slot.ts";
import { configurationError } from "./configuration-error.ts";
import { BedrockModel } from "./converse-stream.ts";
import { type Attempt, AttemptLog } from "./inspector/attempt-log.ts";
import { type LearnedFeatures, LearnedInMemory, ModelLessons } from "./learned-features.ts";

/**
 * Keeps the client of the current settings, so that its connection is used again, and what the models have refused. A
 * change of settings makes another client; what runs on the old one finishes there, then it is destroyed.
 */
export class ClientPool {
  readonly #requestHandler: RequestHandler | undefined;
  readonly #lessons: ModelLessons;
  readonly #attempts = new AttemptLog();
  #current: { readonly fingerprint: string; readonly slot: ClientSlot } | undefined;

  constructor(requestHandler?: RequestHandler, learned: LearnedFeatures = new LearnedInMemory()) {
    this.#requestHandler = requestHandler;
    this.#lessons = new ModelLessons(learned);
  }

  /** What went over the wire last, the last one first. */
  get attempts(): readonly Attempt[] {
    return this.#attempts.attempts;
  }

  /** For the next attempt. Throws a `ModelError` of kind `configuration`. */
  model(settings: BedrockSettings): BedrockModel {
    if (settings.modelId.trim() === "") {
      throw configurationError("No model is set: select one, or set outcrop.model.", ["select-model"]);
    }
    const { modelId: _model, maxTokens: _tokens, ...connection } = settings;
    const fingerprint = JSON.stringify(Object.entries(connection).sort());
    if (this.#current?.fingerprint !== fingerprint) {
      const slot = new ClientSlot(() => createClient(settings, this.#requestHandler, this.#attempts));
      this.#current?.slot.retire();
      this.#current = { fingerprint, slot };
    }
    return new BedrockModel({ slot: this.#current.slot, settings, lessons: this.#lessons });
  }

  /** Closes the connections, whatever runs. */
  close(): void {
    this.#current?.slot.close();
    this.#current = undefined;
  }
}
