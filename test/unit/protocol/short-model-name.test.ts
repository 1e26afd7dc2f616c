import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shortModelName } from "../../../src/protocol/short-model-name.ts";

describe("the short name of a model", () => {
  it("has no place, vendor, date or version, and is the last part of an ARN", () => {
    const ids = [
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/team-a",
      "house-model",
    ];
    assert.deepEqual(ids.map(shortModelName), ["claude-sonnet-4-5", "team-a", "house-model"]);
  });
});
