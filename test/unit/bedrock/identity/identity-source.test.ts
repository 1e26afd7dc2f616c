import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AwsProfile, readAwsProfiles } from "../../../../src/bedrock/identity/aws-profile.ts";
import {
  type IdentitySource,
  identitySource,
  type SourceSettings,
} from "../../../../src/bedrock/identity/identity-source.ts";
import { wayToSignIn } from "../../../../src/bedrock/identity/way-to-sign-in.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
const apiKey = { AWS_BEARER_TOKEN_BEDROCK: "key" };
const profiles = readAwsProfiles({
  default: { credential_process: "p" },
  work: { aws_access_key_id: "a", aws_secret_access_key: "b" },
});

function find(
  settings: Partial<SourceSettings>,
  environment: NodeJS.ProcessEnv = {},
  own: { readonly profiles?: readonly AwsProfile[]; readonly stored?: { readonly apiKey?: string } } = {},
): IdentitySource {
  const all: SourceSettings = { profile: undefined, endpoint: undefined, ...settings };
  return identitySource(all, { environment, profiles: own.profiles ?? [], stored: own.stored ?? {} });
}

const short = ({ kind, name }: IdentitySource): readonly [string, string] => [kind, name];

describe("identitySource", () => {
  it("follows the SDK's chain, and says what is used before what", () => {
    const off = { AWS_EC2_METADATA_DISABLED: "true" };
    const aws = { authentication: "aws" } as const;
    const named = find(aws, { AWS_PROFILE: "work", ...keys }, { profiles });
    assert.deepEqual(short(named), ["static", "work"]);
    assert.deepEqual(named.overrides, [
      "AWS_PROFILE names the profile.",
      "AWS_PROFILE is used before AWS_ACCESS_KEY_ID.",
    ]);
    const environment = find(aws, keys, { profiles });
    assert.deepEqual(short(environment), ["environment", "Keys in AWS_ACCESS_KEY_ID"]);
    assert.deepEqual(environment.overrides, ["AWS_ACCESS_KEY_ID is used before the profiles of ~/.aws."]);
    assert.deepEqual(short(find(aws, {}, { profiles })), ["process", "default"]);
    const web = { AWS_WEB_IDENTITY_TOKEN_FILE: "f", AWS_ROLE_ARN: "r" };
    assert.equal(find(aws, web).kind, "web-identity");
    assert.equal(find(aws, { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x" }).kind, "container");
    assert.equal(find(aws).kind, "instance");
    assert.equal(find(aws, off).kind, "missing");
  });

  it("takes AWS_DEFAULT_PROFILE, as the AWS CLI does, in the place of the default profile", () => {
    const aws = { authentication: "aws" } as const;
    const byDefault = { AWS_DEFAULT_PROFILE: "work" };
    const found = find(aws, byDefault, { profiles });
    assert.deepEqual([short(found), found.overrides], [["static", "work"], ["AWS_DEFAULT_PROFILE names the profile."]]);
    const named = find(aws, { ...byDefault, AWS_PROFILE: "default" }, { profiles });
    assert.deepEqual(short(named), ["process", "default"]);
    assert.equal(named.overrides.at(-1), "AWS_PROFILE is used before AWS_DEFAULT_PROFILE.");
    const environment = find(aws, { ...byDefault, ...keys }, { profiles });
    assert.equal(environment.kind, "environment");
    assert.deepEqual(environment.overrides, ["AWS_ACCESS_KEY_ID is used before AWS_DEFAULT_PROFILE."]);
    assert.deepEqual(short(find(aws, { AWS_DEFAULT_PROFILE: "gone" }, { profiles })), ["missing", "gone"]);
    assert.deepEqual(find({ profile: "default" }, byDefault, { profiles }).overrides, [
      "Not used, because the profile default was chosen: AWS_DEFAULT_PROFILE.",
    ]);
  });

  it("says that an API key of the environment comes before AWS credentials, where nothing was chosen", () => {
    const found = find({}, { ...apiKey, ...keys }, { profiles });
    assert.deepEqual(short(found), ["api-key", "API key in AWS_BEARER_TOKEN_BEDROCK"]);
    assert.deepEqual(found.overrides, [
      "AWS_BEARER_TOKEN_BEDROCK is used before AWS profiles, AWS_ACCESS_KEY_ID: outcrop.authentication is automatic.",
    ]);
  });

  it("never overrides a source that was chosen, and says what is not used", () => {
    const found = find({ profile: "work" }, { ...apiKey, ...keys, AWS_PROFILE: "other" }, { profiles });
    assert.deepEqual(short(found), ["static", "work"]);
    assert.deepEqual(found.overrides, [
      "Not used, because the profile work was chosen: AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_BEARER_TOKEN_BEDROCK.",
    ]);
    const stored = find({ authentication: "apiKey" }, apiKey, { stored: { apiKey: "mine" } });
    assert.deepEqual(short(stored), ["api-key", "Stored API key"]);
    assert.deepEqual(stored.overrides, ["Not used, because the stored API key was chosen: AWS_BEARER_TOKEN_BEDROCK."]);
  });

  it("is missing where what was chosen is not there", () => {
    assert.equal(find({ profile: "gone" }, keys).kind, "missing");
    assert.equal(find({ authentication: "keys" }, keys).kind, "missing");
    assert.equal(find({ authentication: "apiKey" }, keys).kind, "missing");
  });

  it("leaves it to a gateway where there is nothing", () => {
    assert.equal(find({ endpoint: "http://localhost:8000" }).kind, "none");
    assert.equal(find({ authentication: "none" }, keys).kind, "none");
  });
});

describe("wayToSignIn", () => {
  const [work, careful, plain, tool, console] = readAwsProfiles({
    work: { sso_start_url: "https://x", sso_region: "eu-west-1" },
    careful: { role_arn: "arn:aws:iam::1:role/r", source_profile: "work", mfa_serial: "m" },
    plain: { role_arn: "arn:aws:iam::1:role/r", source_profile: "tool" },
    tool: { credential_process: "p" },
    console: { login_session: "l" },
  });
  const way = (profile: AwsProfile | undefined, holdsToken = false): string => {
    const { name = "", kind = "missing" } = profile ?? {};
    const source: IdentitySource = { kind, name, ...(profile !== undefined && { profile }), overrides: [] };
    return wayToSignIn(source, holdsToken).kind;
  };

  it("is the browser for IAM Identity Center, also behind a role", () => {
    assert.deepEqual(
      [way(work), way(work, true), way(careful), way(careful, true)],
      ["device", "device", "device", "again"],
    );
  });

  it("is the tool of the profile, or another source", () => {
    assert.deepEqual(
      [way(plain), way(tool), way(console), way(undefined)],
      ["outside", "outside", "terminal", "select"],
    );
    const own = (settings: Partial<SourceSettings>, stored: { readonly apiKey?: string }): string =>
      wayToSignIn(find(settings, apiKey, { stored }), false).kind;
    assert.equal(own({ authentication: "apiKey" }, { apiKey: "mine" }), "api-key");
    assert.equal(own({}, {}), "select");
  });
});
