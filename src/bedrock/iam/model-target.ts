import { baseModelId } from "../capabilities.ts";
import { modelKind } from "../models/model-kind.ts";

/** A model that a policy is to allow, with everything that its ARNs are made of. */
export interface ModelTarget {
  /** As it is invoked: a model id, an inference profile id or an ARN. */
  readonly modelId: string;
  /** The region that requests go to. */
  readonly region: string;
  /** The account's twelve digits; undefined where it is not known, which a policy writes as `*`. */
  readonly account: string | undefined;
  /**
   * Behind an inference profile: the foundation models in each region that may answer, as `GetInferenceProfile` lists them.
   * Left out where it could not be asked.
   */
  readonly models?: readonly string[];
}

/** What of a target is invoked. */
export type TargetArns =
  | { readonly kind: "direct"; readonly arn: string }
  | {
      readonly kind: "profile";
      readonly arn: string;
      /** Foundation models with a region, and those of a global profile, whose ARN has none. */
      readonly regional: readonly string[];
      readonly global: readonly string[];
    };

const partitions: readonly (readonly [region: RegExp, partition: string])[] = [
  [/^cn-/u, "aws-cn"],
  [/^us-gov-/u, "aws-us-gov"],
  [/^us-iso-/u, "aws-iso"],
  [/^us-isob-/u, "aws-iso-b"],
  [/^eu-isoe-/u, "aws-iso-e"],
  [/^us-isof-/u, "aws-iso-f"],
  [/^eusc-/u, "aws-eusc"],
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  return partitions.find(([looks]) => looks.test(region))?.[1] ?? "aws";
}

/** The resources that an invocation of this model touches. */
export function targetArns(target: ModelTarget): TargetArns {
  const { modelId, region, account = "*" } = target;
  const partition = partitionOf(region);
  if (/:(?:application-)?inference-profile\//u.test(modelId)) return profileArns(modelId, target);
  if (modelId.startsWith("arn:")) return { kind: "direct", arn: modelId };
  if (modelKind(modelId) === "application-profile") {
    return profileArns(
      `arn:${partition}:bedrock:${region}:${account}:application-inference-profile/${modelId}`,
      target,
    );
  }
  if (baseModelId(modelId) === modelId.toLowerCase()) {
    return { kind: "direct", arn: `arn:${partition}:bedrock:${region}::foundation-model/${modelId}` };
  }
  return profileArns(`arn:${partition}:bedrock:${region}:${account}:inference-profile/${modelId}`, target);
}

function profileArns(arn: string, { modelId, region, models }: ModelTarget): TargetArns {
  const partition = partitionOf(region);
  const isGlobal = /(?:^|\/)global\./u.test(modelId);
  if (models !== undefined && models.length > 0) {
    const all = [...new Set(models)];
    const everywhere = all.filter((model) => /^arn:[^:]+:bedrock:::/u.test(model));
    const regional = all.filter((model) => !everywhere.includes(model));
    // A global profile needs the model without a region whether it is listed or not.
    const named = regional.slice(0, 1).map((model) => model.replace(/:bedrock:[^:]*:/u, ":bedrock::"));
    return { kind: "profile", arn, regional, global: isGlobal && everywhere.length === 0 ? named : everywhere };
  }
  const isApplication = /:application-inference-profile\//u.test(arn);
  const base = isApplication ? "*" : baseModelId(modelId);
  return {
    kind: "profile",
    arn,
    // Which regions may answer is not known here; the condition on the profile keeps the wildcard narrow.
    regional: [`arn:${partition}:bedrock:${isGlobal ? region : "*"}::foundation-model/${base}`],
    global: isGlobal || isApplication ? [`arn:${partition}:bedrock:::foundation-model/${base}`] : [],
  };
}
