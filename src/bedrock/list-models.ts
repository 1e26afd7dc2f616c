import {
  BedrockClient,
  type FoundationModelSummary,
  type InferenceProfileSummary,
  ListFoundationModelsCommand,
  paginateListInferenceProfiles,
} from "@aws-sdk/client-bedrock";
import type { BedrockSettings } from "./bedrock-settings.ts";
import { authenticate } from "./credentials.ts";
import { clientTransport } from "./network/client-transport.ts";

/** A model that can be invoked by this id in this region. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  /** `profile`: an inference profile; `on-demand`: a foundation model invoked by its own id. */
  readonly kind: "profile" | "on-demand";
  readonly provider: string | undefined;
}

/**
 * Inference profiles and the text models that can be invoked on demand. Needs `bedrock:ListInferenceProfiles` and
 * `bedrock:ListFoundationModels`; rejects with what AWS said where either is denied.
 */
export async function listModels(settings: BedrockSettings, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const client = new BedrockClient({
    ...(settings.region !== undefined && { region: settings.region }),
    ...(settings.profile !== undefined && { profile: settings.profile }),
    ...authenticate(settings, process.env),
    // The control plane has an endpoint of its own, whatever the runtime's is.
    ...clientTransport({ network: settings.network }),
    maxAttempts: 2,
  });
  try {
    const [profiles, models] = await Promise.all([listProfiles(client, signal), listOnDemand(client, signal)]);
    return [...profiles, ...models];
  } finally {
    client.destroy();
  }
}

async function listProfiles(client: BedrockClient, abortSignal: AbortSignal): Promise<readonly ListedModel[]> {
  const listed: ListedModel[] = [];
  for await (const page of paginateListInferenceProfiles({ client, pageSize: 100 }, {}, { abortSignal })) {
    listed.push(...(page.inferenceProfileSummaries ?? []).flatMap(fromProfile));
  }
  return listed;
}

function fromProfile({
  inferenceProfileId,
  inferenceProfileName,
  type,
  inferenceProfileArn,
  status,
}: InferenceProfileSummary) {
  const id = type === "APPLICATION" ? inferenceProfileArn : inferenceProfileId;
  if (id === undefined || status !== "ACTIVE") return [];
  const provider = type === "APPLICATION" ? "Your profiles" : undefined;
  return [{ id, name: inferenceProfileName ?? id, kind: "profile", provider } satisfies ListedModel];
}

async function listOnDemand(client: BedrockClient, abortSignal: AbortSignal): Promise<readonly ListedModel[]> {
  const command = new ListFoundationModelsCommand({ byOutputModality: "TEXT", byInferenceType: "ON_DEMAND" });
  const { modelSummaries = [] } = await client.send(command, { abortSignal });
  return modelSummaries.flatMap(fromFoundationModel);
}

function fromFoundationModel({ modelId, modelName, providerName, responseStreamingSupported }: FoundationModelSummary) {
  if (modelId === undefined || responseStreamingSupported === false) return [];
  return [{ id: modelId, name: modelName ?? modelId, kind: "on-demand", provider: providerName } satisfies ListedModel];
}
