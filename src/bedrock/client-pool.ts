import type { ModelRequest } from "../agent/model.ts";
import type { BedrockSettings } from "./bedrock-settings.ts";
import { createClient, type RequestHandler } from "./client.ts";
import { ClientSlot } from "./client-slot.ts";
import { configurationError } from "./configuration-error.ts";
import { BedrockModel } from "./converse-stream.ts";
import { TokenCounter } from "./count-tokens.ts";
import { type LearnedFeatures, LearnedInMemory, ModelLessons } from "./learned-features.ts";

/**
 * Keeps the client of the current settings, so that its connection is used again, and what the models have refused. A
 * change of settings makes another client; what runs on the old one finishes there, then it is destroyed.
 */
export class ClientPool {
  readonly #requestHandler: RequestHandler | undefined;
  readonly #lessons: ModelLessons;
  readonly #counter = new TokenCounter();
  #current: { readonly fingerprint: string; readonly slot: ClientSlot } | undefined;

  constructor(requestHandler?: RequestHandler, learned: LearnedFeatures = new LearnedInMemory()) {
    this.#requestHandler = requestHandler;
    this.#lessons = new ModelLessons(learned);
  }

  /** For the next attempt. Throws a `ModelError` of kind `configuration`. */
  model(settings: BedrockSettings): BedrockModel {
    if (settings.modelId.trim() === "") {
      throw configurationError("No model is set: select one, or set outcrop.model.", ["select-model"]);
    }
    return new BedrockModel({ slot: this.#slot(settings), settings, lessons: this.#lessons });
  }

  /** The service's own count of a request's tokens; undefined where it does not tell. Never rejects. */
  async countTokens(settings: BedrockSettings, request: ModelRequest): Promise<number | undefined> {
    const held = this.#slot(settings).hold();
    return this.#counter.count(held.client, settings.modelId, request).finally(held.release);
  }

  /** Throws a `ModelError` of kind `configuration`. */
  #slot(settings: BedrockSettings): ClientSlot {
    const { modelId: _model, maxTokens: _tokens, ...connection } = settings;
    const fingerprint = JSON.stringify(Object.entries(connection).sort());
    if (this.#current?.fingerprint !== fingerprint) {
      const slot = new ClientSlot(() => createClient(settings, this.#requestHandler));
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
