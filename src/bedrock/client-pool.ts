import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { BedrockSettings } from "./bedrock-settings.ts";
import { createClient, type RequestHandler } from "./client.ts";
import { configurationError } from "./configuration-error.ts";
import { BedrockModel } from "./converse-stream.ts";

/** Keeps the client of the current settings, so that its connection is used again; a change of settings makes another. */
export class ClientPool {
  readonly #requestHandler: RequestHandler | undefined;
  #current: { readonly fingerprint: string; readonly client: BedrockRuntimeClient } | undefined;

  constructor(requestHandler?: RequestHandler) {
    this.#requestHandler = requestHandler;
  }

  /** For the next turn, when none is running. Throws a `ModelError` of kind `configuration`. */
  model(settings: BedrockSettings): BedrockModel {
    if (settings.modelId.trim() === "") throw configurationError("No model is set.", ["select-model"]);
    const fingerprint = JSON.stringify([
      settings.region,
      settings.profile,
      settings.endpoint,
      settings.idleMs,
      settings.firstByteMs,
    ]);
    if (this.#current?.fingerprint !== fingerprint) {
      const client = createClient(settings, this.#requestHandler);
      this.#current?.client.destroy();
      this.#current = { fingerprint, client };
    }
    return new BedrockModel(this.#current.client, settings);
  }

  /** Closes the connections. */
  close(): void {
    this.#current?.client.destroy();
    this.#current = undefined;
  }
}
