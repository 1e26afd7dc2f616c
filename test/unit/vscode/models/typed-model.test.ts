import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { typedModel } from "../../../../src/vscode/models/typed-model.ts";

const account = "arn:aws:bedrock:eu-central-1:111122223333";

describe("what is typed into the picker", () => {
  for (const id of [
    "amazon.nova-pro-v1:0",
    "global.anthropic.claude-opus-5",
    `${account}:application-inference-profile/k3x9q2m7v1ab`,
    `${account}:default-prompt-router/anthropic.claude:1`,
    "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/openai.gpt-oss-20b-1:0",
  ]) {
    it(`${id} is an id`, () => assert.deepEqual(typedModel(`  ${id} `, false), { kind: "id", id }));
  }

  for (const text of ["", "nova", "claude sonnet", "no access.", "nova pro v1.0", "$3"]) {
    it(`"${text}" is looked for`, () => assert.deepEqual(typedModel(text, false), { kind: "filter" }));
  }

  it("an ARN of something else is refused with what one looks like", () => {
    for (const arn of [
      "arn:",
      "arn:aws:s3:::bucket/key",
      "arn:aws:bedrock:eu-central-1:111122223333:",
      `${account}:x/a b`,
    ]) {
      const typed = typedModel(arn, false);
      assert.match(typed.kind === "wrong" ? typed.why : "", /arn:aws:bedrock:region:account/);
    }
  });

  it("behind a gateway any name may be an id", () => {
    assert.deepEqual(typedModel("house-model", true), { kind: "id", id: "house-model" });
    assert.deepEqual(typedModel("house model", true), { kind: "filter" });
  });
});
