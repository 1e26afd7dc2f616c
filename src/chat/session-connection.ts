import type { Capabilities } from "../agent/capabilities.ts";
import type { Answerer } from "../agent/run-turn.ts";
import type { Timing } from "../agent/timing.ts";
import { untilAborted } from "../agent/until-aborted.ts";
import type { Emit } from "../protocol/chat-event.ts";
import type { Turn } from "../protocol/chat-state.ts";
import type { Connection } from "../protocol/connection.ts";
import { t } from "../protocol/localize.ts";
import type { RoutingTier } from "../protocol/routing.ts";
import type { ErrorKind } from "../protocol/turn-error.ts";
import type { Verdict } from "./routing/judge-prompt.ts";
import { TurnRouter } from "./routing/turn-router.ts";

export interface SessionConnectionOptions {
  readonly connection: () => Connection;
  /** Loads what it needs on the first call. Rejects with a `ModelError`. */
  readonly connect: (connection: Connection) => Promise<Answerer>;
  readonly emit: Emit;
  readonly timing: Timing;
  /** Told of each routed turn that has a whole answer which of the two models gave it. */
  readonly onServed?: (tier: RoutingTier) => void;
}

/** Who answers a session at this moment, and its waits, which the user may cut short. */
export class SessionConnection {
  readonly #options: SessionConnectionOptions;
  readonly #router: TurnRouter;
  /** Another place that the user agreed to, for as long as the settings say this one. */
  #instead: { readonly of: Connection; readonly use: Connection } | undefined;
  #answeredBy: Connection | undefined;
  #answerer: (Answerer & { readonly of: Connection }) | undefined;
  #skipWait: () => void = () => undefined;

  constructor(options: SessionConnectionOptions) {
    this.#options = options;
    this.#router = new TurnRouter({ connect: options.connect, timing: options.timing, onVerdict: this.#tellVerdict });
  }

  /** Who is to answer, as the settings and the user's consent say. */
  get current(): Connection {
    const connection = this.#options.connection();
    return this.#instead !== undefined && isSame(this.#instead.of, connection) ? this.#instead.use : connection;
  }

  /** From now on, until the settings say another, this one answers in this session. */
  useInstead(use: Connection): void {
    this.#instead = { of: this.#options.connection(), use };
    this.changed();
  }

  /** The user has chosen who answers, or who signs, anew: that holds in this session too. */
  comeBack(): void {
    this.#instead = undefined;
    this.changed();
  }

  newTurn(prompt: string, tier?: RoutingTier): void {
    this.#router.begin(prompt, tier);
  }

  /** A turn begins, or goes on, with this connection; another one on the way is announced. */
  begin(connection: Connection, turn: Pick<Turn, "prompt" | "connection"> | null): void {
    if (turn !== null) this.#router.goOn(turn, connection);
    this.#answeredBy = turn?.connection ?? connection;
  }

  /** The stronger of two models serves the rest of the turn; what waits is sent to it at once. */
  escalate(): void {
    this.#router.escalate();
    this.#skipWait();
  }

  /** The turn has its whole answer. */
  completed(): void {
    const tier = this.#router.tierOf(this.current);
    if (tier !== undefined) this.#options.onServed?.(tier);
  }

  escalatesAfter(kind: ErrorKind): boolean {
    return this.#router.escalatesAfter(kind);
  }

  async answerer(signal: AbortSignal): Promise<Answerer> {
    const connection = await this.#router.resolve(this.current, signal);
    const answerer = await untilAborted(this.#options.connect(connection), signal);
    if (this.#answeredBy === undefined || !isSame(this.#answeredBy, connection)) {
      const text = t("From here on {0} answers.", describeChange(this.#answeredBy, connection));
      this.#options.emit({ type: "notice", text, at: this.#options.timing.now(), connection });
      this.#answeredBy = connection;
    }
    this.#answerer = { ...answerer, of: connection };
    return answerer;
  }

  /** What who answers next can take, where they have answered before. */
  get capabilities(): Capabilities | undefined {
    const known = this.#answerer;
    return known !== undefined && isSame(known.of, this.#router.known(this.current))
      ? known.model.capabilities
      : undefined;
  }

  /** Ends the wait for a retry, or for the pace, at once. */
  sendNow(): void {
    this.#answerer?.pace.open();
    this.#skipWait();
  }

  /** Ends the wait where it is for one who is no longer to answer: the other one's throttle is not the new one's. */
  changed(): void {
    if (this.#answeredBy !== undefined && !isSame(this.#answeredBy, this.#router.known(this.current))) this.#skipWait();
  }

  /** The session's clock, whose waits `sendNow` and `changed` end. */
  get timing(): Timing {
    return { ...this.#options.timing, wait: this.#wait };
  }

  readonly #tellVerdict = (verdict: Verdict, connection: Connection): void => {
    this.#answeredBy = connection;
    this.#options.emit({ type: "routed", ...verdict, connection, at: this.#options.timing.now() });
  };

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

const placeKeys = ["modelId", "region", "endpoint", "profile", "gatewayDecidesModel"] as const;

function isSame(one: Connection, other: Connection): boolean {
  if (one.kind === "demo" || other.kind === "demo") return one.kind === other.kind;
  if (one.routing?.fast !== other.routing?.fast) return false;
  return placeKeys.every((key) => one[key] === other[key]);
}

/** The model, and where it is asked if only that has changed. */
function describeChange(before: Connection | undefined, connection: Connection): string {
  if (connection.kind === "demo") return t("the demo model");
  const { modelId, region, endpoint, profile } = connection;
  if (connection.gatewayDecidesModel) return t("a model of the gateway's choice");
  if (before?.kind !== "bedrock" || before.modelId !== modelId) return modelId;
  if (profile !== undefined && before.profile !== profile) return t("{0} (profile {1})", modelId, profile);
  const place = before.endpoint === endpoint ? region : (endpoint ?? region);
  return t("{0} ({1})", modelId, place ?? t("in the profile's region"));
}
