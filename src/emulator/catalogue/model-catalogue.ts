/** The foundation models that the emulated control plane lists. */

/** The region that the emulator plays. */
export const homeRegion = "us-east-1";
/** The account of everything that is not AWS's own. */
export const accountId = "111122223333";

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

/** A global profile also names the model without a region: AWS may answer it in any commercial one. */
export function modelArn(modelId: string, region = homeRegion): string {
  return `arn:aws:bedrock:${region}::foundation-model/${modelId}`;
}
