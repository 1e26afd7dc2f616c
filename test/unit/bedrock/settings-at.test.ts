import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { BedrockSettings } from "../../../src/bedrock/bedrock-settings.ts";
import { paceKey, settingsAt } from "../../../src/bedrock/settings-at.ts";

const own: BedrockSettings = {
  modelId: "m",
  region: "eu-west-1",
  profile: undefined,
  endpoint: undefined,
  authentication: "apiKey",
  maxTokens: 10,
  firstByteMs: 1,
  idleMs: 1,
};

describe("settingsAt", () => {
  it("signs with the profile that a chat has moved to, whatever the settings sign with", () => {
    for (const authentication of ["automatic", "apiKey", "keys", "none"] as const) {
      const moved = settingsAt({ ...own, authentication, profile: "home" }, { profile: "spare" });
      assert.deepEqual([moved.profile, moved.authentication, moved.region], ["spare", "aws", "eu-west-1"]);
    }
  });

  it("leaves the identity as it is in another region, and everything where nothing has moved", () => {
    assert.deepEqual(settingsAt(own, { region: "us-east-1" }), { ...own, region: "us-east-1" });
    assert.deepEqual(settingsAt(own, {}), own);
  });

  it("the pace of one account, region or gateway is not another's", () => {
    const places = [{}, { region: "us-east-1" }, { profile: "spare" }];
    const keys = places.map((place) => paceKey(settingsAt(own, place)));
    const gateway = paceKey({ ...own, endpoint: "https://gateway.example" });
    assert.equal(new Set([...keys, gateway, paceKey({ ...own, modelId: "n" })]).size, 5);
  });
});
