import { baseModelId } from "../capabilities.ts";
import { modelKind } from "../models/model-kind.ts";
import { type ModelTarget, partitionOf, targetArns } from "./model-target.ts";

/** What of Bedrock is used. */
export interface UsedFeatures {
  /** ConverseStream. */
  readonly streaming: boolean;
  /** Converse: for models that do not stream, or do not stream tool calls. */
  readonly whole: boolean;
  /** The lists of the pickers of models and guardrails, the names behind profiles, and the access state of models. */
  readonly listing: boolean;
  readonly countTokens: boolean;
  /** A Bedrock API key instead of AWS credentials. */
  readonly apiKey: boolean;
  /** Ids or ARNs of guardrails. */
  readonly guardrails: readonly string[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[] | "*";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/**
 * The IAM policy that allows these features with these models and nothing else. A model behind an inference profile may be
 * invoked through that profile only, in each region that may answer. The shape is that of AWS's own examples:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html and
 * https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html; which action takes which resource:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
 */
export function iamPolicyFor(features: UsedFeatures, models: readonly ModelTarget[]): PolicyDocument {
  const { streaming, whole } = features;
  const invoke = [
    ...(streaming ? ["bedrock:InvokeModelWithResponseStream"] : []),
    ...(whole ? ["bedrock:InvokeModel"] : []),
  ];
  const Statement = [
    ...(invoke.length === 0 ? [] : invocation(invoke, models)),
    ...(features.countTokens ? counting(models) : []),
    ...listing(features, models),
    ...guardrails(features, models),
    ...(features.apiKey ? [statement("UseApiKey", ["bedrock:CallWithBearerToken"], "*")] : []),
  ];
  return { Version: "2012-10-17", Statement };
}

function invocation(actions: readonly string[], models: readonly ModelTarget[]): readonly PolicyStatement[] {
  const targets = models.map(targetArns);
  const direct = targets.flatMap((target) => (target.kind === "direct" ? [target.arn] : []));
  const profiles = targets.flatMap((target) => (target.kind === "profile" ? [target] : []));
  return [
    ...(direct.length === 0 ? [] : [statement("InvokeModels", actions, [...new Set(direct)])]),
    ...(profiles.length === 0
      ? []
      : [statement("InvokeProfiles", actions, [...new Set(profiles.map(({ arn }) => arn))])]),
    ...profiles.flatMap(({ arn, regional, global }, at) => [
      ...(regional.length === 0
        ? []
        : [{ ...statement(`InvokeThroughProfile${at + 1}`, actions, regional), ...through(arn) }]),
      ...(global.length === 0
        ? []
        : [
            {
              ...statement(`InvokeThroughGlobalProfile${at + 1}`, actions, global),
              ...through(arn, { "aws:RequestedRegion": "unspecified" }),
            },
          ]),
    ]),
  ];
}

/** An ARN without wildcard is compared as it is; one with an account that is not known needs a pattern. */
function through(profile: string, further: Readonly<Record<string, string>> = {}): Pick<PolicyStatement, "Condition"> {
  const own = { "bedrock:InferenceProfileArn": profile };
  if (!profile.includes("*")) return { Condition: { StringEquals: { ...further, ...own } } };
  return {
    Condition: { ...(Object.keys(further).length > 0 && { StringEquals: further }), ArnLike: own },
  };
}

/** Tokens are counted by the foundation model itself, past every profile, where it is known and can count (Claude). */
function counting(models: readonly ModelTarget[]): readonly PolicyStatement[] {
  const arns = models.flatMap(({ modelId, region, models: [behind] = [] }) => {
    const base = baseModelId(behind ?? modelId);
    return base.startsWith("anthropic.claude-")
      ? [`arn:${partitionOf(region)}:bedrock:${region}::foundation-model/${base}`]
      : [];
  });
  return arns.length === 0 ? [] : [statement("CountTokens", ["bedrock:CountTokens"], [...new Set(arns)])];
}

/** What the model picker shows is read from. */
const modelLists = [
  "bedrock:ListFoundationModels",
  "bedrock:ListInferenceProfiles",
  "bedrock:ListProvisionedModelThroughputs",
  "bedrock:ListImportedModels",
  "bedrock:ListPromptRouters",
  "bedrock:GetFoundationModelAvailability",
];

/** The lists take no resource; a profile is looked up by itself, where it is known which ones are used. */
function listing({ listing: isUsed }: UsedFeatures, models: readonly ModelTarget[]): readonly PolicyStatement[] {
  if (!isUsed) return [];
  const profiles = models.map(targetArns).flatMap((target) => (target.kind === "profile" ? [target.arn] : []));
  return [
    statement("ListModels", modelLists, "*"),
    statement("ListGuardrails", ["bedrock:ListGuardrails"], "*"),
    ...(profiles.length === 0
      ? []
      : [statement("LookUpProfiles", ["bedrock:GetInferenceProfile"], [...new Set(profiles)])]),
    ...otherLookUps.flatMap(([kind, Sid, action]) => {
      const arns = models.map(({ modelId }) => modelId).filter((id) => modelKind(id) === kind);
      return arns.length === 0 ? [] : [statement(Sid, [action], [...new Set(arns)])];
    }),
  ];
}

/** What tells the foundation model behind an ARN that is no profile's: without it caching and prices are not known. */
const otherLookUps = [
  ["provisioned", "LookUpProvisionedModels", "bedrock:GetProvisionedModelThroughput"],
  ["imported", "LookUpImportedModels", "bedrock:GetImportedModel"],
  ["router", "LookUpPromptRouters", "bedrock:GetPromptRouter"],
] as const;

function guardrails({ guardrails: ids }: UsedFeatures, [first]: readonly ModelTarget[]): readonly PolicyStatement[] {
  if (ids.length === 0) return [];
  const { region = "*", account = "*" } = first ?? {};
  const arns = ids.map((id) =>
    id.startsWith("arn:") ? id : `arn:${partitionOf(region)}:bedrock:${region}:${account}:guardrail/${id}`,
  );
  return [statement("ApplyGuardrail", ["bedrock:ApplyGuardrail"], arns)];
}

function statement(Sid: string, Action: readonly string[], Resource: PolicyStatement["Resource"]): PolicyStatement {
  return { Sid, Effect: "Allow", Action, Resource };
}
