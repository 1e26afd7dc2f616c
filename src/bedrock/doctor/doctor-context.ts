import { type BedrockClient, GetInferenceProfileCommand } from "@aws-sdk/client-bedrock";
import type { Model } from "../../agent/model.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import { type BedrockSettings, isAwsEndpoint } from "../bedrock-settings.ts";
import { ClientPool } from "../client-pool.ts";
import { secretsOf } from "../settings-secrets.ts";
import { createControlPlane } from "./control-plane.ts";
import type { DescribeIdentity, Identity } from "./identity.ts";
import { type Probe, probeEndpoint } from "./probe.ts";

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
  readonly settings: BedrockSettings;
  readonly describeIdentity: DescribeIdentity;
  readonly proxyFor: (address: URL) => ProxyChoice | undefined;
  readonly guardrail?: Guardrail | undefined;
  /** US dollars of a call; undefined where the model's price is not known. */
  readonly costOf?: (modelId: string, usage: TokenUsage) => number | undefined;
  /** Asked before a check that costs more than a few tokens; left out: it is made. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<boolean>;
  /** Settings are named as the user knows them: `outcrop.region`, or `--region`. */
  readonly nameOf: (setting: "region" | "endpoint" | "model") => string;
}

/** What the checks of one run share. What one of them found out another need not ask for again. */
export class DoctorContext {
  readonly parts: DoctorParts;
  readonly settings: BedrockSettings;
  /** As the first check found it. */
  identity: Identity | undefined;
  readonly #pool = new ClientPool();
  #probe: Promise<Probe> | undefined;
  #controlPlane: BedrockClient | undefined;

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
    const known = [...secretsOf(this.settings, process.env), ...(this.identity?.secrets ?? [])];
    return known.sort((left, right) => right.length - left.length);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    this.#probe ??= probeEndpoint(this.settings, signal);
    return this.#probe;
  }

  /** The model through the product's own client, with an answer of so many tokens at most. */
  model(maxTokens: number): Model {
    return this.#pool.model({ ...this.settings, maxTokens });
  }

  get controlPlane(): BedrockClient {
    this.#controlPlane ??= createControlPlane(this.settings);
    return this.#controlPlane;
  }

  /** The ARNs of the foundation models behind an inference profile. */
  async modelsOf(profile: string, signal: AbortSignal): Promise<readonly string[]> {
    const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: profile });
    const { models = [] } = await this.controlPlane.send(command, { abortSignal: signal });
    return models.flatMap(({ modelArn }) => modelArn ?? []);
  }

  /** What a call of this many tokens costs, as ` (about $0.0012)`; "" where the price is not known. */
  costText(usage: TokenUsage): string {
    const dollars = this.parts.costOf?.(this.settings.modelId, usage);
    return dollars === undefined ? "" : ` (about $${dollars < 0.0001 ? "0.0001" : dollars.toFixed(4)})`;
  }

  close(): void {
    this.#pool.close();
    this.#controlPlane?.destroy();
  }
}
