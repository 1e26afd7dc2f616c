import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { destinationsOfArns, destinationsOfId } from "../../../../src/bedrock/models/destinations.ts";
import { modelKind } from "../../../../src/bedrock/models/model-kind.ts";

const account = "arn:aws:bedrock:eu-central-1:111122223333";

describe("what an id names", () => {
  for (const [id, kind] of [
    ["anthropic.claude-3-haiku-20240307-v1:0", "foundation-model"],
    ["ai21.jamba-1-5-large-v1:0", "foundation-model"],
    ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", "foundation-model"],
    ["us.amazon.nova-pro-v1:0", "system-profile"],
    ["us-gov.openai.gpt-oss-20b-1:0", "system-profile"],
    ["global.anthropic.claude-opus-5", "system-profile"],
    ["emea.anthropic.claude-opus-5", "system-profile"],
    ["xai.grok-4.3", "foundation-model"],
    ["deepseek.v3.2", "foundation-model"],
    [`${account}:inference-profile/eu.amazon.nova-pro-v1:0`, "system-profile"],
    [`${account}:application-inference-profile/k3x9q2m7v1ab`, "application-profile"],
    ["k3x9q2m7v1ab", "application-profile"],
    [`${account}:provisioned-model/ab12cd34ef56`, "provisioned"],
    [`${account}:imported-model/q8w2e4r6t1yz`, "imported"],
    [`${account}:custom-model-deployment/q8w2e4r6t1yz`, "deployment"],
    [`${account}:default-prompt-router/anthropic.claude:1`, "router"],
    [`${account}:prompt-router/abc`, "router"],
    [`${account}:prompt/ABCDEFGHIJ:1`, "prompt"],
    ["my-model", "other"],
    ["arn:aws:s3:::bucket/key", "other"],
  ] as const) {
    it(`${id}: ${kind}`, () => assert.equal(modelKind(id), kind));
  }
});

describe("where a model answers, by its id", () => {
  it("a geography's profile anywhere in it, and where it is asked", () => {
    assert.deepEqual(destinationsOfId("jp.anthropic.claude-sonnet-5", "ap-northeast-1"), {
      kind: "regions",
      regions: ["ap-northeast-1", "ap-northeast-3"],
    });
    assert.deepEqual(destinationsOfId("us.amazon.nova-pro-v1:0", "ca-central-1"), {
      kind: "regions",
      regions: ["ca-central-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"],
    });
    assert.equal(destinationsOfId("zz.amazon.nova-pro-v1:0", "us-east-1").kind, "unknown");
    assert.deepEqual(destinationsOfId("emea.amazon.nova-pro-v1:0", "eu-west-1"), {
      kind: "unknown",
      why: 'the geography "emea" is not known',
    });
  });

  it("a global one everywhere", () => {
    assert.deepEqual(destinationsOfId("global.anthropic.claude-opus-5", "eu-west-1"), { kind: "everywhere" });
    const arn = `${account}:inference-profile/global.anthropic.claude-opus-5`;
    assert.deepEqual(destinationsOfId(arn, "eu-west-1"), { kind: "everywhere" });
  });

  it("on demand, bought and imported in one region: the ARN's before the setting's", () => {
    const own = { kind: "regions", regions: ["eu-central-1"] };
    assert.deepEqual(destinationsOfId("amazon.nova-pro-v1:0", "eu-central-1"), own);
    assert.deepEqual(destinationsOfId(`${account}:provisioned-model/ab12cd34ef56`, "us-east-1"), own);
    assert.deepEqual(destinationsOfId(`${account}:imported-model/q8w2e4r6t1yz`, undefined), own);
    assert.equal(destinationsOfId("amazon.nova-pro-v1:0", undefined).kind, "unknown");
  });

  it("where the id does not tell, it is not known", () => {
    for (const id of ["my-model", "k3x9q2m7v1ab", `${account}:prompt-router/abc`, `${account}:prompt/ABCDEFGHIJ:1`]) {
      assert.equal(destinationsOfId(id, "us-east-1").kind, "unknown");
    }
  });
});

describe("where a profile answers, by its models", () => {
  const model = (region: string): string => `arn:aws:bedrock:${region}::foundation-model/amazon.nova-pro-v1:0`;

  it("in the regions of their ARNs", () => {
    assert.deepEqual(destinationsOfArns([model("eu-west-3"), model("eu-central-1"), model("eu-west-3")]), {
      kind: "regions",
      regions: ["eu-central-1", "eu-west-3"],
    });
  });

  it("everywhere if one of them names no region; unknown wins over all", () => {
    assert.deepEqual(destinationsOfArns([model("eu-west-3"), model("")]), { kind: "everywhere" });
    assert.deepEqual(destinationsOfArns([model(""), model("eu-west-3")]), { kind: "everywhere" });
    assert.equal(destinationsOfArns([model(""), "what is this"]).kind, "unknown");
    assert.equal(destinationsOfArns(["what is this", model("")]).kind, "unknown");
  });

  it("a router's profiles count with all of their geography", () => {
    const arn = `${account}:inference-profile/eu.amazon.nova-pro-v1:0`;
    const { kind } = destinationsOfArns([arn]);
    assert.equal(kind, "regions");
    assert.deepEqual(destinationsOfArns([arn, model("us-east-1")]), {
      kind: "regions",
      regions: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3", "us-east-1"],
    });
  });
});
