/** The models and inference profiles that the emulated control plane lists. */

interface CatalogueModel {
  readonly modelId: string;
  readonly modelName: string;
  readonly providerName: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly streaming: boolean;
  readonly inference: readonly ("ON_DEMAND" | "INFERENCE_PROFILE" | "PROVISIONED")[];
}

const text = { input: ["TEXT"], output: ["TEXT"], streaming: true } as const;
const vision = { ...text, input: ["TEXT", "IMAGE"] } as const;

const models: readonly CatalogueModel[] = [
  {
    ...vision,
    modelId: "anthropic.claude-opus-4-6-v1",
    modelName: "Claude Opus 4.6",
    providerName: "Anthropic",
    inference: ["INFERENCE_PROFILE"],
  },
  {
    ...vision,
    modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0",
    modelName: "Claude Sonnet 4.5",
    providerName: "Anthropic",
    inference: ["INFERENCE_PROFILE"],
  },
  {
    ...vision,
    modelId: "anthropic.claude-haiku-4-5-20251001-v1:0",
    modelName: "Claude Haiku 4.5",
    providerName: "Anthropic",
    inference: ["INFERENCE_PROFILE"],
  },
  {
    ...vision,
    modelId: "anthropic.claude-3-haiku-20240307-v1:0",
    modelName: "Claude 3 Haiku",
    providerName: "Anthropic",
    inference: ["ON_DEMAND"],
  },
  {
    ...vision,
    modelId: "amazon.nova-pro-v1:0",
    modelName: "Nova Pro",
    providerName: "Amazon",
    inference: ["ON_DEMAND", "INFERENCE_PROFILE"],
  },
  {
    ...vision,
    modelId: "amazon.nova-lite-v1:0",
    modelName: "Nova Lite",
    providerName: "Amazon",
    inference: ["ON_DEMAND", "INFERENCE_PROFILE"],
  },
  {
    ...text,
    modelId: "amazon.nova-micro-v1:0",
    modelName: "Nova Micro",
    providerName: "Amazon",
    inference: ["ON_DEMAND"],
  },
  {
    ...text,
    modelId: "meta.llama3-3-70b-instruct-v1:0",
    modelName: "Llama 3.3 70B Instruct",
    providerName: "Meta",
    inference: ["INFERENCE_PROFILE"],
  },
  {
    ...text,
    modelId: "mistral.mistral-large-2407-v1:0",
    modelName: "Mistral Large (24.07)",
    providerName: "Mistral AI",
    inference: ["ON_DEMAND"],
  },
  {
    ...text,
    modelId: "openai.gpt-oss-120b-1:0",
    modelName: "gpt-oss-120b",
    providerName: "OpenAI",
    inference: ["ON_DEMAND"],
  },
  {
    modelId: "amazon.titan-embed-text-v2:0",
    modelName: "Titan Text Embeddings V2",
    providerName: "Amazon",
    input: ["TEXT"],
    output: ["EMBEDDING"],
    streaming: false,
    inference: ["ON_DEMAND"],
  },
  {
    modelId: "stability.stable-image-core-v1:1",
    modelName: "Stable Image Core",
    providerName: "Stability AI",
    input: ["TEXT"],
    output: ["IMAGE"],
    streaming: false,
    inference: ["ON_DEMAND"],
  },
];

const created = "2026-01-15T09:00:00Z";

/** A foundation model as `ListFoundationModels` answers it. */
export const foundationModels = models.map((model) => ({
  modelArn: modelArn(model.modelId),
  modelId: model.modelId,
  modelName: model.modelName,
  providerName: model.providerName,
  inputModalities: model.input,
  outputModalities: model.output,
  responseStreamingSupported: model.streaming,
  customizationsSupported: [],
  inferenceTypesSupported: model.inference,
  modelLifecycle: { status: "ACTIVE" },
}));

export type FoundationModel = (typeof foundationModels)[number];

const profiled = models.filter(({ inference }) => inference.includes("INFERENCE_PROFILE"));

/** An inference profile as `ListInferenceProfiles` and `GetInferenceProfile` answer it. */
export const inferenceProfiles = [
  ...["us", "global"].flatMap((geography) =>
    profiled
      .filter(({ providerName }) => geography === "us" || providerName === "Anthropic")
      .map((model) =>
        profile(
          "SYSTEM_DEFINED",
          `${geography}.${model.modelId}`,
          `${geography.toUpperCase()} ${model.modelName}`,
          model.modelId,
        ),
      ),
  ),
  profile("APPLICATION", "k3x9q2m7v1ab", "team-assistant", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
];

function profile(type: "SYSTEM_DEFINED" | "APPLICATION", id: string, name: string, modelId: string) {
  const kind = type === "APPLICATION" ? "application-inference-profile" : "inference-profile";
  return {
    inferenceProfileId: id,
    inferenceProfileName: name,
    inferenceProfileArn: `arn:aws:bedrock:us-east-1:111122223333:${kind}/${id}`,
    description: `Routes requests to ${name}.`,
    models: [{ modelArn: modelArn(modelId) }],
    status: "ACTIVE",
    type,
    createdAt: created,
    updatedAt: created,
  };
}

function modelArn(modelId: string): string {
  return `arn:aws:bedrock:us-east-1::foundation-model/${modelId}`;
}
