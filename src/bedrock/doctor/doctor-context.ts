import type { Model } from "../../agent/model.ts";
import { formatDollars, t } from "../../protocol/localize.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import { type BedrockSettings, isAwsEndpoint } from "../bedrock-settings.ts";
import { ClientPool } from "../client-pool.ts";
import type { IdentityDescription } from "../identity/describe-identity.ts";
import type { Identity } from "../identity/identity.ts";
import { secretsOf } from "../settings-secrets.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { Probe } from "./probe.ts";

export interface Guardrail {
  readonly identifier: string;
  readonly version: string;
}

/** A proxy, and where it is set: `http.proxy`, `HTTPS_PROXY`. */
export interface ProxyChoice {
  readonly url: string;
  readonly source: string;
}

export interface DoctorParts {
  /** With an identity, so that credentials are masked, whoever finds them. */
  readonly settings: BedrockSettings & { readonly identity: Identity };
  readonly proxyFor: (address: URL) => ProxyChoice | undefined;
  readonly guardrail?: Guardrail | undefined;
  /** Models of the same region that are asked besides that of the settings: the fast one, those that a chat may move to. */
  readonly furtherModels?: readonly string[];
  /** Models of other regions that a chat of this identity may move to. */
  readonly furtherPlaces?: readonly { readonly modelId: string; readonly region: string }[];
  /** US dollars of a call; undefined where the model's price is not known. */
  readonly costOf?: (modelId: string, usage: TokenUsage) => number | undefined;
  /** Asks before a check that costs more than a few tokens, with what it costs; left out: it is made. */
  readonly ask?: (question: string, cost: string) => Promise<boolean>;
  /** Settings are named as the user knows them: `outcrop.region`, or `--region`. */
  readonly nameOf: (setting: "region" | "endpoint" | "model" | "caBundle") => string;
}

/** What the checks of one run share. What one of them found out another need not ask for again. */
export class DoctorContext {
  readonly parts: DoctorParts;
  readonly settings: BedrockSettings;
  #identity: Promise<IdentityDescription> | undefined;
  readonly #pool = new ClientPool();
  #probe: Promise<Probe> | undefined;
  #controlPlane: Promise<ControlPlane> | undefined;

  constructor(parts: DoctorParts) {
    this.parts = parts;
    this.settings = parts.settings;
  }

  /** Not AWS's own endpoint: it has no control plane, and what AWS lists is not what it offers. */
  get isGateway(): boolean {
    return !isAwsEndpoint(this.settings.endpoint);
  }

  /** Whatever must not be shown. */
  get secrets(): readonly string[] {
    return secretsOf(this.settings, process.env);
  }

  /** Asked for once, unless that fails; with a client of its own, loaded then. */
  identity(signal: AbortSignal): Promise<IdentityDescription> {
    this.#identity ??= import("../identity/describe-identity.ts").then((loaded) =>
      loaded.describeIdentity(this.settings, signal),
    );
    this.#identity.catch(() => {
      this.#identity = undefined;
    });
    return this.#identity;
  }

  probe(signal: AbortSignal): Promise<Probe> {
    this.#probe ??= import("./probe.ts").then((loaded) => loaded.probeEndpoint(this.settings, signal));
    return this.#probe;
  }

  /** The model through the product's own client, with an answer of so many tokens at most. */
  model(maxTokens: number): Model {
    return this.#pool.model({ ...this.settings, maxTokens });
  }

  /** Its client is loaded when it is first needed: behind a gateway it never is. */
  controlPlane(): Promise<ControlPlane> {
    this.#controlPlane ??= import("./control-plane.ts").then((loaded) => new loaded.ControlPlane(this.settings));
    return this.#controlPlane;
  }

  /** What a call of this many tokens costs, as ` (about $0.0012)`; "" where the price is not known. */
  costText(usage: TokenUsage): string {
    const { modelId, baseModelId } = this.settings;
    const dollars = this.parts.costOf?.(baseModelId ?? modelId, usage);
    return dollars === undefined ? "" : t(" (about {0})", formatDollars(Math.max(dollars, 0.0001), 4));
  }

  close(): void {
    this.#pool.close();
    void this.#controlPlane?.then(
      (controlPlane) => controlPlane.close(),
      () => undefined,
    );
  }
}
