import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAwsEndpoint } from "../../../src/bedrock/bedrock-settings.ts";

describe("isAwsEndpoint", () => {
  it("holds for no endpoint at all and for AWS's own hosts", () => {
    for (const endpoint of [
      undefined,
      "https://bedrock-runtime.eu-west-1.amazonaws.com",
      "https://bedrock-runtime.cn-north-1.amazonaws.com.cn/",
      "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com:443",
      "https://bedrock-runtime.us-east-1.api.aws",
    ]) {
      assert.equal(isAwsEndpoint(endpoint), true, endpoint);
    }
  });

  it("does not hold for gateways, look-alikes and what is no URL", () => {
    for (const endpoint of [
      "http://localhost:8000",
      "https://amazonaws.com.evil.example",
      "https://evil-amazonaws.com",
      "https://evil.example/amazonaws.com",
      "amazonaws.com",
    ]) {
      assert.equal(isAwsEndpoint(endpoint), false, endpoint);
    }
  });
});
