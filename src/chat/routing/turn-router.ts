import type { Answerer } from "../../agent/run-turn.ts";
import type { Timing } from "../../agent/timing.ts";
import type { Turn } from "../../protocol/chat-state.ts";
import type { BedrockConnection, Connection } from "../../protocol/connection.ts";
import type { RoutingTier } from "../../protocol/routing.ts";
import type { ErrorKind } from "../../protocol/turn-error.ts";
import type { Verdict } from "./judge-prompt.ts";

/** Longest wait for a verdict, in milliseconds: what a user who chose automatic routing takes before the first word. */
const verdictLimitMs = 4_000;

/** Failures that a stronger model may not have; all others would meet it as well. */
const curable: ReadonlySet<ErrorKind> = new Set(["model_error", "malformed_tool_use", "model_timeout", "empty_stream"]);

export interface TurnRouterOptions {
  /** Rejects with a `ModelError`. */
  readonly connect: (connection: Connection) => Promise<Answerer>;
  readonly timing: Timing;
  /** Told what was judged, and which connection it gives. */
  readonly onVerdict: (verdict: Verdict, connection: BedrockConnection) => void;
}

/** Which of two models serves a turn: judged once at its start, and changed by the user's word or a failure. */
export class TurnRouter {
  readonly #options: TurnRouterOptions;
  #prompt = "";
  #tier: RoutingTier | undefined;

  constructor(options: TurnRouterOptions) {
    this.#options = options;
  }

  /** A new turn, with the user's own choice where they made one. */
  begin(prompt: string, tier?: RoutingTier): void {
    this.#prompt = prompt;
    this.#tier = tier;
  }

  /** A turn of an earlier process goes on: with the model that served it last, where that was one of the two. */
  goOn({ prompt, connection: last }: Pick<Turn, "prompt" | "connection">, connection: Connection): void {
    this.#prompt = prompt;
    if (this.#tier !== undefined || connection.kind === "demo" || last.kind === "demo") return;
    if (last.routing === undefined) this.#tier = tierNamed(connection, last.modelId);
  }

  /** Which of the two serves the turn now; undefined where nothing is routed, or nobody has said yet. */
  tierOf(connection: Connection): RoutingTier | undefined {
    return connection.kind === "demo" || connection.routing === undefined ? undefined : this.#tier;
  }

  /** The connection that serves the turn, as far as it is known. */
  known(connection: Connection): Connection {
    if (connection.kind === "demo" || this.#tier === undefined) return connection;
    return routedTo(connection, this.#tier);
  }

  /** The stronger model serves the rest of the turn. */
  escalate(): void {
    this.#tier = "frontier";
  }

  /** Whether a failure is one of the fast model that the stronger one may not have; it serves the rest then. */
  escalatesAfter(kind: ErrorKind): boolean {
    if (this.#tier !== "fast" || !curable.has(kind)) return false;
    this.#tier = "frontier";
    return true;
  }

  /** The model of the two that serves the turn. Any other connection stays as it is. Rejects with the signal's reason. */
  async resolve(connection: Connection, signal: AbortSignal): Promise<Connection> {
    if (connection.kind === "demo" || connection.routing === undefined) return connection;
    this.#tier ??= await this.#judge(connection, signal);
    return routedTo(connection, this.#tier);
  }

  async #judge(connection: BedrockConnection, signal: AbortSignal): Promise<RoutingTier> {
    const { connect, timing, onVerdict } = this.#options;
    const judge = async () => (await connect(routedTo(connection, "fast"))).model;
    const prompt = this.#prompt;
    // Most users route nothing, and a verdict needs JSON Schema.
    const { judgePrompt } = await import("./judge-prompt.ts");
    const verdict = await judgePrompt({ prompt, judge, limitMs: verdictLimitMs, timing, signal });
    onVerdict(verdict, routedTo(connection, verdict.tier));
    return verdict.tier;
  }
}

function tierNamed({ routing }: BedrockConnection, modelId: string): RoutingTier | undefined {
  if (modelId === routing?.fast) return "fast";
  return modelId === routing?.frontier ? "frontier" : undefined;
}

function routedTo({ routing, ...connection }: BedrockConnection, tier: RoutingTier): BedrockConnection {
  return routing === undefined ? connection : { ...connection, modelId: routing[tier] };
}
