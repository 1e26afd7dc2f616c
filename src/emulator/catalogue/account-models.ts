import { accountId, foundationModels, homeRegion, modelArn } from "./model-catalogue.ts";

const created = "2026-01-15T09:00:00Z";
const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";

const destinations: Readonly<Record<string, readonly string[]>> = {
  us: ["us-east-1", "us-east-2", "us-west-2"],
  global: [homeRegion, ""],
};

const profiled = foundationModels.filter(({ inferenceTypesSupported }) =>
  inferenceTypesSupported.includes("INFERENCE_PROFILE"),
);

/** An inference profile as `ListInferenceProfiles` and `GetInferenceProfile` answer it. */
export const inferenceProfiles = [
  ...Object.entries(destinations).flatMap(([geography, regions]) =>
    profiled
      .filter(({ providerName }) => geography === "us" || providerName === "Anthropic")
      .map(({ modelId, modelName }) =>
        profile("SYSTEM_DEFINED", `${geography}.${modelId}`, `${geography.toUpperCase()} ${modelName}`, [
          modelId,
          regions,
        ]),
      ),
  ),
  profile("APPLICATION", "k3x9q2m7v1ab", "team-assistant", [sonnet, [homeRegion]]),
];

/** Models that were brought along, as `ListImportedModels` and `GetImportedModel` answer them. */
export const importedModels = [
  {
    modelArn: accountArn("imported-model/q8w2e4r6t1yz"),
    modelName: "house-style-llama",
    creationTime: created,
    instructSupported: true,
    modelArchitecture: "llama3",
  },
];

/** Bought throughput, as `ListProvisionedModelThroughputs` and `GetProvisionedModelThroughput` answer it. */
export const provisionedModels = [
  provisioned("ab12cd34ef56", "nova-reserved", "InService"),
  provisioned("zz98yy76xx54", "nova-failed", "Failed"),
];

/** As `ListPromptRouters` and `GetPromptRouter` answer them. */
export const promptRouters = [
  {
    promptRouterName: "Anthropic Prompt Router",
    promptRouterArn: accountArn("default-prompt-router/anthropic.claude:1"),
    description: "Routes requests among Claude models.",
    createdAt: created,
    updatedAt: created,
    routingCriteria: { responseQualityDifference: 26 },
    models: ["anthropic.claude-3-haiku-20240307-v1:0", sonnet].map((modelId) => ({ modelArn: modelArn(modelId) })),
    fallbackModel: { modelArn: modelArn(sonnet) },
    status: "AVAILABLE",
    type: "default",
  },
];

function provisioned(id: string, name: string, status: "InService" | "Failed") {
  const nova = modelArn("amazon.nova-pro-v1:0");
  return {
    provisionedModelName: name,
    provisionedModelArn: accountArn(`provisioned-model/${id}`),
    modelArn: nova,
    desiredModelArn: nova,
    foundationModelArn: nova,
    modelUnits: 1,
    desiredModelUnits: 1,
    status,
    creationTime: created,
    lastModifiedTime: created,
  };
}

function profile(
  type: "SYSTEM_DEFINED" | "APPLICATION",
  id: string,
  name: string,
  [modelId, regions]: readonly [string, readonly string[]],
) {
  const kind = type === "APPLICATION" ? "application-inference-profile" : "inference-profile";
  return {
    inferenceProfileId: id,
    inferenceProfileName: name,
    inferenceProfileArn: accountArn(`${kind}/${id}`),
    description: `Routes requests to ${name}.`,
    models: regions.map((region) => ({ modelArn: modelArn(modelId, region) })),
    status: "ACTIVE",
    type,
    createdAt: created,
    updatedAt: created,
  };
}

function accountArn(resource: string): string {
  return `arn:aws:bedrock:${homeRegion}:${accountId}:${resource}`;
}
