import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";

/** A client that an attempt holds while it runs. */
export interface HeldClient {
  readonly client: BedrockRuntimeClient;
  release(): void;
}

interface Entry {
  readonly client: BedrockRuntimeClient;
  running: number;
}

/**
 * The client of one way to Bedrock. It lives as long as the way is in use and attempts run: one that was replaced is
 * destroyed when its last attempt is over.
 */
export class ClientSlot {
  readonly #create: () => BedrockRuntimeClient;
  #entry: Entry | undefined;
  /** All whose clients live: that of the next attempt, and those that were replaced while attempts ran on them. */
  readonly #living = new Set<Entry>();
  #retired = false;

  /** `create` may throw a `ModelError` of kind `configuration`. */
  constructor(create: () => BedrockRuntimeClient) {
    this.#create = create;
    this.#entry = this.#open();
  }

  hold(): HeldClient {
    const entry = this.#entry ?? this.#open();
    this.#entry = entry;
    entry.running++;
    return {
      client: entry.client,
      release: () => {
        entry.running--;
        if (entry.running === 0 && (this.#retired || this.#entry !== entry)) this.#destroy(entry);
      },
    };
  }

  /** The next attempt gets a new client, which looks for credentials anew. */
  renew(): void {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry?.running === 0) this.#destroy(entry);
  }

  /** No further turn begins here; what runs is let finish. */
  retire(): void {
    this.#retired = true;
    if (this.#entry?.running === 0) this.#destroy(this.#entry);
  }

  /** At once, whatever runs, on a client that was replaced too. */
  close(): void {
    this.#retired = true;
    for (const entry of this.#living) this.#destroy(entry);
  }

  #open(): Entry {
    const entry: Entry = { client: this.#create(), running: 0 };
    this.#living.add(entry);
    return entry;
  }

  #destroy(entry: Entry): void {
    if (!this.#living.delete(entry)) return;
    entry.client.destroy();
    if (this.#entry === entry) this.#entry = undefined;
  }
}
