import type { Capabilities } from "../agent/capabilities.ts";
import type { Answerer } from "../agent/run-turn.ts";
import type { Timing } from "../agent/timing.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import type { Connection, Emit } from "../protocol/chat-event.ts";

export interface SessionConnectionOptions {
  readonly connection: () => Connection;
  /** Loads what it needs on the first call. Rejects with a `ModelError`. */
  readonly connect: (connection: Connection) => Promise<Answerer>;
  readonly emit: Emit;
  readonly timing: Timing;
}

/** Who answers a session at this moment, and its waits, which the user may cut short. */
export class SessionConnection {
  readonly #options: SessionConnectionOptions;
  #answeredBy: Connection | undefined;
  #answerer: (Answerer & { readonly of: Connection }) | undefined;
  #skipWait: () => void = () => undefined;

  constructor(options: SessionConnectionOptions) {
    this.#options = options;
  }

  /** A turn begins with this connection; another one on the way is announced. */
  begin(connection: Connection): void {
    this.#answeredBy = connection;
  }

  async answerer(signal: AbortSignal): Promise<Answerer> {
    const connection = this.#options.connection();
    const answerer = await untilAborted(this.#options.connect(connection), signal);
    if (this.#answeredBy === undefined || !isSame(this.#answeredBy, connection)) {
      const text = `From here on ${describeChange(this.#answeredBy, connection)} answers.`;
      this.#options.emit({ type: "notice", text, at: this.#options.timing.now(), connection });
      this.#answeredBy = connection;
    }
    this.#answerer = { ...answerer, of: connection };
    return answerer;
  }

  /** What who answers next can take, where they have answered before. */
  get capabilities(): Capabilities | undefined {
    const known = this.#answerer;
    return known !== undefined && isSame(known.of, this.#options.connection()) ? known.model.capabilities : undefined;
  }

  /** Ends the wait for a retry, or for the pace, at once. */
  sendNow(): void {
    this.#answerer?.pace.open();
    this.#skipWait();
  }

  /** Ends the wait where it is for one who is no longer to answer: the other one's throttle is not the new one's. */
  changed(): void {
    if (this.#answeredBy !== undefined && !isSame(this.#answeredBy, this.#options.connection())) this.#skipWait();
  }

  /** The session's clock, whose waits `sendNow` and `changed` end. */
  get timing(): Timing {
    return { ...this.#options.timing, wait: this.#wait };
  }

  readonly #wait = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    const skipped = new AbortController();
    this.#skipWait = () => skipped.abort();
    try {
      await this.#options.timing.wait(milliseconds, AbortSignal.any([signal, skipped.signal]));
    } catch (error) {
      if (signal.aborted || !skipped.signal.aborted) throw error;
    } finally {
      this.#skipWait = () => undefined;
    }
  };
}

function isSame(one: Connection, other: Connection): boolean {
  if (one.kind === "demo" || other.kind === "demo") return one.kind === other.kind;
  return (["modelId", "region", "endpoint", "gatewayDecidesModel"] as const).every((key) => one[key] === other[key]);
}

/** The model, and where it is asked if only that has changed. */
function describeChange(before: Connection | undefined, connection: Connection): string {
  if (connection.kind === "demo") return "the demo model";
  const { modelId, region, endpoint } = connection;
  if (connection.gatewayDecidesModel) return "a model of the gateway's choice";
  if (before?.kind !== "bedrock" || before.modelId !== modelId) return modelId;
  const place = before.endpoint === endpoint ? region : (endpoint ?? region);
  return `${modelId} (${place ?? "in the profile's region"})`;
}
