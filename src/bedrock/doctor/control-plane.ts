import {
  type BedrockClient,
  GetFoundationModelAvailabilityCommand,
  type GetFoundationModelAvailabilityResponse,
  ListFoundationModelsCommand,
  paginateListInferenceProfiles,
} from "@aws-sdk/client-bedrock";
import type { BedrockSettings } from "../bedrock-settings.ts";
import { createControlPlane } from "../models/control-plane.ts";
import { readBehindModel } from "../models/resolve-model.ts";

/** What is asked of Bedrock's control plane, with the same identity, region and way out as the runtime's. */
export class ControlPlane {
  readonly #client: BedrockClient;

  constructor(settings: BedrockSettings) {
    this.#client = createControlPlane(settings);
  }

  async countModels(abortSignal: AbortSignal): Promise<number> {
    const { modelSummaries = [] } = await this.#client.send(new ListFoundationModelsCommand({}), { abortSignal });
    return modelSummaries.length;
  }

  async countProfiles(abortSignal: AbortSignal): Promise<number> {
    let count = 0;
    const pages = paginateListInferenceProfiles({ client: this.#client, pageSize: 100 }, {}, { abortSignal });
    for await (const page of pages) count += page.inferenceProfileSummaries?.length ?? 0;
    return count;
  }

  /** The ARNs of the foundation models behind an inference profile. */
  async modelsOf(profile: string, abortSignal: AbortSignal): Promise<readonly string[]> {
    return (await readBehindModel(this.#client, profile, abortSignal))?.modelArns ?? [];
  }

  availability(modelId: string, abortSignal: AbortSignal): Promise<GetFoundationModelAvailabilityResponse> {
    return this.#client.send(new GetFoundationModelAvailabilityCommand({ modelId }), { abortSignal });
  }

  close(): void {
    this.#client.destroy();
  }
}
