import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { authenticate } from "../../src/bedrock/credentials.ts";
import { signInToSso } from "../../src/bedrock/identity/sso-sign-in.ts";
import { openIdentityScene, plainCredentials, ssoConfig, startUrl, validToken } from "../support/identity-scene.ts";

const network = { useFipsEndpoint: true };
const base: BedrockSettings = {
  modelId: "amazon.nova-lite-v1:0",
  region: "us-east-1",
  profile: "work",
  endpoint: undefined,
  maxTokens: 128,
  firstByteMs: 10_000,
  idleMs: 10_000,
  network,
};

/** The SDK takes no endpoint of a variable together with FIPS: that tells whether it was asked for. */
describe("with FIPS endpoints, which IAM Identity Center has not", () => {
  it("a profile that is signed in there has its credentials all the same", async (test) => {
    const scene = await openIdentityScene(test);
    await scene.writeConfig(ssoConfig);
    await scene.writeToken("corp", validToken(scene));
    const { credentials } = authenticate({ ...base, identity: scene.identity }, process.env);
    assert.ok(typeof credentials === "function");
    assert.notEqual((await credentials()).sessionToken, undefined);
  });

  it("a sign-in there begins all the same", async (test) => {
    const scene = await openIdentityScene(test);
    const session = { id: "corp", startUrl, region: "eu-west-1", scopes: [] };
    const { signal } = new AbortController();
    const goesOn = await signInToSso(session, {
      confirm: async ({ userCode }) => userCode === "",
      timing: { now: Date.now, wait: async () => undefined },
      signal,
      network,
      onSecret: () => undefined,
    });
    assert.equal(goesOn, false);
    assert.equal(scene.services.requests.length, 2);
  });

  it("STS, which has them, is still asked there", async (test) => {
    const scene = await openIdentityScene(test);
    const role = "[profile work]\nrole_arn = arn:aws:iam::444455556666:role/plain\nsource_profile = plain\n";
    await scene.writeConfig(role);
    await scene.writeCredentials(plainCredentials);
    const { credentials } = authenticate({ ...base, identity: scene.identity }, process.env);
    assert.ok(typeof credentials === "function");
    await assert.rejects(async () => credentials(), /FIPS and custom endpoint are not supported/);
  });
});
