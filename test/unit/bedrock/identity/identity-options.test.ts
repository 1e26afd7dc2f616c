import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readAwsProfiles } from "../../../../src/bedrock/identity/aws-profile.ts";
import { identityOptions } from "../../../../src/bedrock/identity/identity-options.ts";

const profiles = readAwsProfiles({
  work: { sso_session: "corp", sso_account_id: "777788889999", sso_role_name: "Dev", region: "eu-central-1" },
  "sso-session.corp": { sso_start_url: "https://x.awsapps.com/start", sso_region: "eu-west-1" },
  admin: { role_arn: "arn:aws:iam::4444:role/admin", source_profile: "work", mfa_serial: "arn:aws:iam::1:mfa/jane" },
});
const off = { AWS_EC2_METADATA_DISABLED: "true" };
const settings = { profile: undefined, endpoint: undefined };

describe("identityOptions", () => {
  it("shows each profile with kind, account, role and region, and whether it needs a sign-in", () => {
    const signedIn = identityOptions(
      { ...settings, profile: "work" },
      { environment: off, profiles, stored: {} },
      () => "signed in, 7 h left",
    );
    const signedOut = identityOptions(settings, { environment: off, profiles, stored: {} }, () => undefined);
    const choice = { profile: "work", authentication: "aws" };
    assert.deepEqual(signedIn[0], {
      label: "work",
      description: "IAM Identity Center · 777788889999 · Dev · eu-central-1",
      detail: "Signed in, 7 h left.",
      choice,
      isCurrent: true,
      needsSignIn: false,
    });
    assert.partialDeepStrictEqual(signedOut[0], { detail: "Signed out.", isCurrent: false, needsSignIn: true });
    assert.partialDeepStrictEqual(signedOut[1], {
      description: "assumed role · 4444 · admin",
      detail: "Signed out, from work, asks for a multi-factor code.",
    });
  });

  it("begins with what is there: Automatic first only where it finds something", () => {
    const labels = (environment: NodeJS.ProcessEnv): readonly string[] =>
      identityOptions(settings, { environment, profiles, stored: {} }, () => undefined).map(({ label }) => label);
    assert.deepEqual(labels(off), ["work", "admin", "Automatic", "AWS credentials of this machine"]);
    const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" };
    assert.deepEqual(labels(keys), ["Automatic", "work", "admin", "AWS credentials of this machine"]);
  });

  it("offers stored keys, an API key of the environment, and no credentials behind a gateway", () => {
    const stored = { apiKey: "k", accessKeys: { accessKeyId: "AKIA", secretAccessKey: "secret-canary" } };
    const gateway = { profile: undefined, endpoint: "http://localhost:8000" };
    const options = identityOptions(gateway, { environment: off, profiles: [], stored }, () => undefined);
    assert.deepEqual(
      options.map(({ label, choice }) => [label, choice.authentication]),
      [
        ["Automatic", "automatic"],
        ["AWS credentials of this machine", "aws"],
        ["Bedrock API key", "apiKey"],
        ["Stored access keys", "keys"],
        ["No credentials", "none"],
      ],
    );
    assert.doesNotMatch(JSON.stringify(options), /secret-canary/);
    const environment = { ...off, AWS_BEARER_TOKEN_BEDROCK: "key" };
    const [automatic] = identityOptions(settings, { environment, profiles, stored: {} }, () => undefined);
    assert.match(automatic?.detail ?? "", /AWS_BEARER_TOKEN_BEDROCK is used before AWS profiles/);
  });

  it("does not claim a role of the instance that nobody has asked for", () => {
    const [automatic] = identityOptions(settings, { environment: {}, profiles: [], stored: {} }, () => undefined);
    assert.equal(automatic?.description, "the instance's role, if this machine has one");
  });
});
