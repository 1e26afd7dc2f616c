import { t } from "../../protocol/localize.ts";
import { geographyOf, modelKind, regionOfArn } from "./model-kind.ts";

/** Where a request may be answered. */
export type Destinations =
  | { readonly kind: "regions"; readonly regions: readonly string[] }
  /** Any commercial region: AWS names none. */
  | { readonly kind: "everywhere" }
  /** `why` completes "…, because". */
  | { readonly kind: "unknown"; readonly why: string };

/**
 * The regions that the inference profiles of a geography route to, as AWS documents them for its models together. Used
 * where `GetInferenceProfile` is not allowed.
 */
const regionsOfGeography: Readonly<Record<string, readonly string[]>> = {
  us: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
  ca: ["ca-central-1", "ca-west-1"],
  eu: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
  apac: [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-4",
  ],
  jp: ["ap-northeast-1", "ap-northeast-3"],
  au: ["ap-southeast-2", "ap-southeast-4"],
  in: ["ap-south-1", "ap-south-2"],
  "us-gov": ["us-gov-east-1", "us-gov-west-1"],
};

/** By the form of the id alone. `region`: where requests are sent; undefined where that is not known. */
export function destinationsOfId(modelId: string, region: string | undefined): Destinations {
  const own = regionOfArn(modelId) ?? region;
  switch (modelKind(modelId)) {
    case "system-profile":
      return ofGeography(geographyOf(modelId), own);
    case "foundation-model":
    case "provisioned":
    case "imported":
    case "deployment":
      return own === undefined
        ? { kind: "unknown", why: t("outcrop.region is not set") }
        : { kind: "regions", regions: [own] };
    case "application-profile":
      return {
        kind: "unknown",
        why: t("its inference profile could not be read (bedrock:GetInferenceProfile)"),
      };
    case "router":
      return { kind: "unknown", why: t("its prompt router could not be read (bedrock:GetPromptRouter)") };
    case "prompt":
      return { kind: "unknown", why: t("a stored prompt names its model itself") };
    case "other":
      return { kind: "unknown", why: t("its id does not tell") };
  }
}

/** Of the foundation models behind a profile or router: a model ARN without a region stands for any. */
export function destinationsOfArns(arns: readonly string[]): Destinations {
  const each = arns.map((arn) => {
    const region = regionOfArn(arn);
    return region === undefined && modelKind(arn) === "foundation-model"
      ? ({ kind: "everywhere" } as const)
      : destinationsOfId(arn, region);
  });
  return each.reduce<Destinations>(join, { kind: "regions", regions: [] });
}

function ofGeography(geography: string | undefined, own: string | undefined): Destinations {
  if (geography === "global") return { kind: "everywhere" };
  const regions = regionsOfGeography[geography ?? ""];
  if (regions === undefined)
    return { kind: "unknown", why: t('the geography "{0}" is not known', geography ?? "undefined") };
  return { kind: "regions", regions: sorted(own === undefined ? regions : [...regions, own]) };
}

function join(a: Destinations, b: Destinations): Destinations {
  if (a.kind === "unknown" || b.kind === "everywhere") return a.kind === "unknown" ? a : b;
  if (b.kind === "unknown" || a.kind === "everywhere") return b.kind === "unknown" ? b : a;
  return { kind: "regions", regions: sorted([...a.regions, ...b.regions]) };
}

function sorted(regions: readonly string[]): readonly string[] {
  return [...new Set(regions)].sort();
}
