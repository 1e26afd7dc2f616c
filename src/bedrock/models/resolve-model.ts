import {
  type BedrockClient,
  GetImportedModelCommand,
  GetInferenceProfileCommand,
  GetPromptRouterCommand,
  GetProvisionedModelThroughputCommand,
} from "@aws-sdk/client-bedrock";
import { idOfArn, modelKind } from "./model-kind.ts";

/** What the control plane says of an id or ARN: the foundation models behind it. */
export interface BehindModel {
  /** Of the foundation model that is asked, or the one that a router falls back to. */
  readonly baseModelId: string | undefined;
  /** ARNs of all that may be asked, with their regions. */
  readonly modelArns: readonly string[];
}

/** What an id stands for; undefined where its form says it all. Rejects with what AWS answered. */
export async function readBehindModel(
  client: BedrockClient,
  modelId: string,
  abortSignal: AbortSignal,
): Promise<BehindModel | undefined> {
  const options = { abortSignal };
  switch (modelKind(modelId)) {
    case "system-profile":
    case "application-profile": {
      const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: modelId });
      return behindArns(arnsOf((await client.send(command, options)).models));
    }
    case "provisioned": {
      const command = new GetProvisionedModelThroughputCommand({ provisionedModelId: modelId });
      const { foundationModelArn } = await client.send(command, options);
      // Bought throughput answers where it was bought, so its own ARN tells the region.
      return { baseModelId: idOfArn(foundationModelArn), modelArns: [modelId] };
    }
    case "imported": {
      const { modelArchitecture } = await client.send(
        new GetImportedModelCommand({ modelIdentifier: modelId }),
        options,
      );
      return { baseModelId: familyOfArchitecture(modelArchitecture), modelArns: [modelId] };
    }
    case "router": {
      const router = await client.send(new GetPromptRouterCommand({ promptRouterArn: modelId }), options);
      const fallback = router.fallbackModel?.modelArn;
      const arns = [...arnsOf(router.models), ...(fallback === undefined ? [] : [fallback])];
      return { baseModelId: idOfArn(fallback ?? arns[0]), modelArns: arns };
    }
    case "foundation-model":
    case "deployment":
    case "prompt":
    case "other":
      return undefined;
  }
}

function behindArns(modelArns: readonly string[]): BehindModel {
  return { baseModelId: idOfArn(modelArns[0]), modelArns };
}

function arnsOf(models: readonly { readonly modelArn?: string | undefined }[] | undefined): readonly string[] {
  return (models ?? []).flatMap(({ modelArn }) => modelArn ?? []);
}

/** An imported model has no id of a family; its architecture (`llama3`, `mistral`, `qwen2`) tells whose rules hold. */
function familyOfArchitecture(architecture: string | undefined): string | undefined {
  const name = architecture?.toLowerCase() ?? "";
  if (name.includes("llama")) return `meta.${name}`;
  if (/mistral|mixtral/u.test(name)) return `mistral.${name}`;
  if (name.includes("qwen")) return `qwen.${name}`;
  return name.includes("gpt") ? "openai.gpt-oss" : undefined;
}
