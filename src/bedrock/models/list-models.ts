import type { BedrockSettings } from "../bedrock-settings.ts";
import { createControlPlane } from "./control-plane.ts";
import { type ListedModel, modelLists } from "./model-lists.ts";

/** A list that could not be had, and why, as AWS said it. */
export interface MissingList {
  /** The IAM action that it needs, such as `bedrock:ListInferenceProfiles`. */
  readonly action: string;
  /** AWS refused it; otherwise something else went wrong. */
  readonly isDenied: boolean;
  readonly message: string;
}

export interface ModelListing {
  readonly models: readonly ListedModel[];
  readonly missing: readonly MissingList[];
  /** Where the models are asked; undefined where it could not be told. */
  readonly region: string | undefined;
}

/**
 * Everything of this account and region that can be invoked by its id. The lists are read at the same time; one that
 * fails is left out and named. Rejects with the signal's reason, or a `ModelError` of kind `configuration`.
 */
export async function listModels(settings: BedrockSettings, signal: AbortSignal): Promise<ModelListing> {
  const client = createControlPlane(settings);
  try {
    const region = await client.config.region().catch(() => undefined);
    const results = await Promise.all(
      modelLists.map(({ action, read }) =>
        read(client, region, signal).then(
          (models) => ({ models, missing: [] }),
          (error: unknown) => ({ models: [], missing: [toMissing(action, error)] }),
        ),
      ),
    );
    signal.throwIfAborted();
    return {
      models: results.flatMap(({ models }) => models),
      missing: results.flatMap(({ missing }) => missing),
      region,
    };
  } finally {
    client.destroy();
  }
}

function toMissing(action: string, error: unknown): MissingList {
  const message = error instanceof Error ? error.message : String(error);
  const isDenied = error instanceof Error && /^(?:AccessDenied|UnauthorizedOperation)/u.test(error.name);
  return { action, isDenied, message };
}
