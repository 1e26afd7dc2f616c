import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { iamPolicyFor, type UsedFeatures } from "../../../../src/bedrock/iam/iam-policy-for.ts";
import type { ModelTarget } from "../../../../src/bedrock/iam/model-target.ts";

const chat: UsedFeatures = {
  streaming: true,
  whole: false,
  listing: false,
  countTokens: false,
  apiKey: false,
  guardrails: [],
};
const account = "111122223333";
const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const stream = ["bedrock:InvokeModelWithResponseStream"];

function statements(features: Partial<UsedFeatures>, ...models: readonly ModelTarget[]) {
  return iamPolicyFor({ ...chat, ...features }, models).Statement;
}

describe("the IAM policy of what is used", () => {
  for (const [region, partition] of [
    ["eu-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eusc-de-east-1", "aws-eusc"],
  ] as const) {
    it(`names a model of ${region} in the partition ${partition}, whose ARN has no account`, () => {
      const Resource = [`arn:${partition}:bedrock:${region}::foundation-model/amazon.nova-pro-v1:0`];
      assert.deepEqual(statements({}, { modelId: "amazon.nova-pro-v1:0", region, account }), [
        { Sid: "InvokeModels", Effect: "Allow", Action: stream, Resource },
      ]);
    });
  }

  it("allows a geographic profile, and its models in every region that may answer through it alone", () => {
    const profile = `arn:aws:bedrock:us-east-1:${account}:inference-profile/us.${sonnet}`;
    const models = ["us-east-1", "us-east-2", "us-west-2"].map(
      (region) => `arn:aws:bedrock:${region}::foundation-model/${sonnet}`,
    );
    assert.deepEqual(statements({}, { modelId: `us.${sonnet}`, region: "us-east-1", account, models }), [
      { Sid: "InvokeProfiles", Effect: "Allow", Action: stream, Resource: [profile] },
      {
        Sid: "InvokeThroughProfile1",
        Effect: "Allow",
        Action: stream,
        Resource: models,
        Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
      },
    ]);
  });

  it("allows a global profile in the three parts that AWS asks for", () => {
    const profile = `arn:aws:bedrock:eu-west-1:${account}:inference-profile/global.${sonnet}`;
    const regional = `arn:aws:bedrock:eu-west-1::foundation-model/${sonnet}`;
    const everywhere = `arn:aws:bedrock:::foundation-model/${sonnet}`;
    const expected = [
      { Sid: "InvokeProfiles", Effect: "Allow", Action: stream, Resource: [profile] },
      {
        Sid: "InvokeThroughProfile1",
        Effect: "Allow",
        Action: stream,
        Resource: [regional],
        Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
      },
      {
        Sid: "InvokeThroughGlobalProfile1",
        Effect: "Allow",
        Action: stream,
        Resource: [everywhere],
        Condition: {
          StringEquals: { "aws:RequestedRegion": "unspecified", "bedrock:InferenceProfileArn": profile },
        },
      },
    ];
    const target = { modelId: `global.${sonnet}`, region: "eu-west-1", account };
    assert.deepEqual(statements({}, target), expected);
    assert.deepEqual(statements({}, { ...target, models: [everywhere, regional] }), expected);
    assert.deepEqual(statements({}, { ...target, models: [regional] }), expected);
  });

  it("has a wildcard for the regions of a profile that nobody may look up, and for an account that is not known", () => {
    const profile = `arn:aws-us-gov:bedrock:us-gov-west-1:*:inference-profile/us-gov.${sonnet}`;
    const [, through] = statements({}, { modelId: `us-gov.${sonnet}`, region: "us-gov-west-1", account: undefined });
    assert.deepEqual(through?.Resource, [`arn:aws-us-gov:bedrock:*::foundation-model/${sonnet}`]);
    assert.deepEqual(through?.Condition, { ArnLike: { "bedrock:InferenceProfileArn": profile } });
  });

  it("takes an application profile, a provisioned and an imported model by their ARNs", () => {
    const application = `arn:aws:bedrock:us-east-1:${account}:application-inference-profile/k3x9q2m7v1ab`;
    const models = [`arn:aws:bedrock:us-east-1::foundation-model/${sonnet}`];
    const provisioned = `arn:aws:bedrock:us-east-1:${account}:provisioned-model/abc123`;
    const imported = `arn:aws:bedrock:us-east-1:${account}:imported-model/def456`;
    const region = "us-east-1";
    const made = statements(
      {},
      { modelId: application, region, account, models },
      { modelId: provisioned, region, account },
      { modelId: imported, region, account },
    );
    assert.deepEqual(
      made.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["InvokeModels", [provisioned, imported]],
        ["InvokeProfiles", [application]],
        ["InvokeThroughProfile1", models],
      ],
    );
    assert.deepEqual(made[2]?.Condition, { StringEquals: { "bedrock:InferenceProfileArn": application } });
  });

  it("takes the bare id of an application profile for what it is", () => {
    const arn = `arn:aws:bedrock:us-east-1:${account}:application-inference-profile/k3x9q2m7v1ab`;
    const [profile, through] = statements({}, { modelId: "k3x9q2m7v1ab", region: "us-east-1", account });
    assert.deepEqual(profile?.Resource, [arn]);
    assert.deepEqual(through?.Condition, { StringEquals: { "bedrock:InferenceProfileArn": arn } });
  });

  it("looks up what is behind a provisioned and an imported model and a router, each by its own action", () => {
    const region = "us-east-1";
    const looked = ["provisioned-model/abc123", "imported-model/def456", "prompt-router/ghi789"].map((resource) => {
      const modelId = `arn:aws:bedrock:us-east-1:${account}:${resource}`;
      const { Action, Resource } = statements({ listing: true }, { modelId, region, account }).at(-1) ?? {};
      assert.deepEqual(Resource, [modelId]);
      return Action;
    });
    assert.deepEqual(looked, [
      ["bedrock:GetProvisionedModelThroughput"],
      ["bedrock:GetImportedModel"],
      ["bedrock:GetPromptRouter"],
    ]);
  });

  it("has exactly the actions of the features in use", () => {
    const target = { modelId: sonnet, region: "us-east-1", account };
    const actions = (features: Partial<UsedFeatures>) => statements(features, target).map(({ Action }) => Action);
    assert.deepEqual(actions({}), [stream]);
    assert.deepEqual(actions({ whole: true, countTokens: true }), [
      [...stream, "bedrock:InvokeModel"],
      ["bedrock:CountTokens"],
    ]);
    assert.deepEqual(actions({ streaming: false, whole: true }), [["bedrock:InvokeModel"]]);
    assert.deepEqual(actions({ apiKey: true }), [stream, ["bedrock:CallWithBearerToken"]]);
    assert.deepEqual(actions({ listing: true }), [
      stream,
      [
        "bedrock:ListFoundationModels",
        "bedrock:ListInferenceProfiles",
        "bedrock:ListProvisionedModelThroughputs",
        "bedrock:ListImportedModels",
        "bedrock:ListPromptRouters",
        "bedrock:GetFoundationModelAvailability",
      ],
      ["bedrock:ListGuardrails"],
    ]);
  });

  it("counts tokens by the model behind a profile, which no condition holds back, and only where it can count", () => {
    const region = "us-east-1";
    const application = `arn:aws:bedrock:us-east-1:${account}:application-inference-profile/k3x9q2m7v1ab`;
    const models = [`arn:aws:bedrock:us-west-2::foundation-model/${sonnet}`];
    for (const target of [
      { modelId: `us.${sonnet}`, region, account },
      { modelId: application, region, account, models },
    ]) {
      assert.deepEqual(
        statements({ countTokens: true }, target).find(({ Sid }) => Sid === "CountTokens"),
        {
          ...{ Sid: "CountTokens", Effect: "Allow", Action: ["bedrock:CountTokens"] },
          Resource: [`arn:aws:bedrock:us-east-1::foundation-model/${sonnet}`],
        },
      );
    }
    for (const modelId of [application, "amazon.nova-pro-v1:0"]) {
      assert.equal(
        JSON.stringify(statements({ countTokens: true }, { modelId, region, account })).includes("Count"),
        false,
      );
    }
  });

  it("looks up the profiles in use, and applies the guardrails in use, and no others", () => {
    const profile = `arn:aws:bedrock:us-east-1:${account}:inference-profile/us.${sonnet}`;
    const made = statements(
      { listing: true, guardrails: ["gr1a2b3c4d5e"] },
      { modelId: `us.${sonnet}`, region: "us-east-1", account },
    );
    const of = (Sid: string) => made.find((statement) => statement.Sid === Sid);
    assert.deepEqual(of("LookUpProfiles")?.Action, ["bedrock:GetInferenceProfile"]);
    assert.deepEqual(of("LookUpProfiles")?.Resource, [profile]);
    assert.deepEqual(of("ApplyGuardrail")?.Resource, [`arn:aws:bedrock:us-east-1:${account}:guardrail/gr1a2b3c4d5e`]);
  });

  it("gives every statement a name of its own that IAM accepts", () => {
    const region = "us-east-1";
    const made = statements(
      { listing: true, guardrails: ["g"], apiKey: true },
      { modelId: `us.${sonnet}`, region, account },
      { modelId: `global.${sonnet}`, region, account },
      { modelId: sonnet, region, account },
    );
    const names = made.map(({ Sid }) => Sid);
    assert.deepEqual([...new Set(names)], names);
    for (const name of names) assert.match(name, /^[A-Za-z0-9]+$/);
  });
});
