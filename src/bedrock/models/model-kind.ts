/** What an id or ARN names, by its form. */
export type ModelKind =
  | "foundation-model"
  | "system-profile"
  | "application-profile"
  | "provisioned"
  | "imported"
  | "deployment"
  | "router"
  | "prompt"
  | "other";

const arnPattern = /^arn:[^:\s]+:(?:bedrock|sagemaker):(?<region>[^:\s]*):[^:\s]*:(?<type>[^/\s]+)\/\S+$/u;

const kindOfResource: Readonly<Record<string, ModelKind>> = {
  "foundation-model": "foundation-model",
  "inference-profile": "system-profile",
  "application-inference-profile": "application-profile",
  "provisioned-model": "provisioned",
  "imported-model": "imported",
  "custom-model-deployment": "deployment",
  "prompt-router": "router",
  "default-prompt-router": "router",
  prompt: "prompt",
};

/** Who makes the models, as their ids begin: what stands before one of them is a geography, also one that is not known. */
const makers =
  "ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|stability|twelvelabs|writer|xai|zai";
const geographyPattern = new RegExp(`^(us-gov|global|apac|[a-z]{2}|[a-z-]+(?=\\.(?:${makers})\\.))\\.(?=[a-z])`, "u");

/** Judged by form alone; a gateway's own names are `other`. */
export function modelKind(modelId: string): ModelKind {
  const id = modelId.trim();
  const type = arnPattern.exec(id)?.groups?.["type"];
  if (type !== undefined) return kindOfResource[type] ?? "other";
  if (geographyPattern.test(id) && /^[a-z-]+\.[a-z0-9-]+\./u.test(id)) return "system-profile";
  if (/^[a-z0-9-]+\.[a-z0-9][\w.:-]*$/u.test(id)) return "foundation-model";
  // The id that AWS gives an application inference profile.
  if (/^[a-z0-9]{12}$/u.test(id)) return "application-profile";
  return "other";
}

/** The id of the resource that an ARN names. */
export function idOfArn(arn: string | undefined): string | undefined {
  return arn?.split("/").at(-1);
}

/** The region that an ARN names. */
export function regionOfArn(arn: string): string | undefined {
  const region = arnPattern.exec(arn.trim())?.groups?.["region"];
  return region === "" ? undefined : region;
}

/** `us`, `eu`, `global`, … of an inference profile's id or of an ARN that ends in one; undefined where there is none. */
export function geographyOf(modelId: string): string | undefined {
  const id = modelId.trim().split("/").at(-1) ?? "";
  return geographyPattern.exec(id)?.[1];
}

/**
 * Whether the form of an id leaves open what is asked, or, where the destinations count (`isLocked`), where. The region of a
 * model that is asked by its own id may have to be looked up in the profile.
 */
export function needsLookUp(modelId: string, isLocked: boolean): boolean {
  const kind = modelKind(modelId);
  if (kind === "other" || kind === "prompt") return false;
  return isLocked || ["application-profile", "provisioned", "imported", "router"].includes(kind);
}
