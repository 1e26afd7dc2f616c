import { GetFoundationModelAvailabilityCommand } from "@aws-sdk/client-bedrock";
import { type BedrockSettings, hasControlPlane } from "../bedrock-settings.ts";
import { baseModelId } from "../capabilities.ts";
import { createControlPlane } from "./control-plane.ts";
import { modelKind } from "./model-kind.ts";

/** Whether the account may invoke a foundation model: `unknown` where AWS does not say. */
export type ModelAccess = "available" | "no-agreement" | "not-authorized" | "not-in-region" | "unknown";

/** What AWS said of the models so far, so that each is asked for once. */
export class ModelAccessStates {
  readonly #states = new Map<string, Promise<ModelAccess>>();

  /** Of the foundation model behind an id. Never rejects. */
  of(settings: BedrockSettings, modelId: string, signal: AbortSignal): Promise<ModelAccess> {
    const id = baseModelId(modelId);
    if (!hasControlPlane(settings) || modelKind(id) !== "foundation-model") return Promise.resolve("unknown");
    const key = [settings.profile, settings.region, id].join(" ");
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = readAccess(settings, id, signal).catch((): ModelAccess => {
      this.#states.delete(key);
      return "unknown";
    });
    this.#states.set(key, state);
    return state;
  }
}

async function readAccess(settings: BedrockSettings, modelId: string, abortSignal: AbortSignal): Promise<ModelAccess> {
  const client = createControlPlane(settings);
  try {
    const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }), { abortSignal });
    if (answer.regionAvailability === "NOT_AVAILABLE") return "not-in-region";
    if (answer.agreementAvailability?.status === "NOT_AVAILABLE") return "no-agreement";
    if (answer.authorizationStatus === "NOT_AUTHORIZED") return "not-authorized";
    return "available";
  } finally {
    client.destroy();
  }
}
