import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { describeIdentity, type IdentityDescription } from "../../src/bedrock/identity/describe-identity.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { startHttpProxy } from "../support/http-proxy.ts";
import {
  type IdentityScene,
  type IdentitySceneOptions,
  jane,
  openIdentityScene,
  ssoConfig,
  startUrl,
  validToken,
  writeProgram,
} from "../support/identity-scene.ts";
import { setVariables } from "../support/set-variables.ts";
import { nameOf, openWire, textOf, transports } from "../support/wire-call.ts";

const janesKeys = `aws_access_key_id = ${jane.accessKeyId}\naws_secret_access_key = ${jane.secretAccessKey}\n`;
const legacySso = `[profile old]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\nsso_account_id = 777788889999\nsso_role_name = Dev\n`;
const role = (name: string, rest: string): string =>
  `[profile role]\nrole_arn = arn:aws:iam::444455556666:role/${name}\nrole_session_name = s\n${rest}\n`;
const devArn = "arn:aws:sts::777788889999:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/jane";
const roleArn = (name: string): string => `arn:aws:sts::444455556666:assumed-role/${name}/s`;

interface Kind {
  readonly name: string;
  readonly options?: IdentitySceneOptions;
  readonly settings: Partial<BedrockSettings>;
  readonly prepare?: (scene: IdentityScene) => Promise<void>;
  readonly is: Partial<IdentityDescription>;
}

const kinds: readonly Kind[] = [
  {
    name: "keys in the environment",
    settings: { authentication: "aws" },
    prepare: async () => {
      process.env["AWS_ACCESS_KEY_ID"] = jane.accessKeyId;
      process.env["AWS_SECRET_ACCESS_KEY"] = jane.secretAccessKey;
    },
    is: { kind: "environment", account: "111122223333", arn: jane.arn },
  },
  {
    name: "a profile with static keys",
    settings: { profile: "plain" },
    prepare: ({ writeCredentials }) => writeCredentials(`[plain]\n${janesKeys}`),
    is: { kind: "static", source: "plain", account: "111122223333", arn: jane.arn },
  },
  {
    name: "the default profile, found by the chain",
    settings: { authentication: "aws" },
    prepare: ({ writeCredentials }) => writeCredentials(`[default]\n${janesKeys}`),
    is: { kind: "static", source: "default", arn: jane.arn },
  },
  {
    name: "the profile that is the default for the AWS CLI",
    settings: { authentication: "aws" },
    prepare: async ({ writeCredentials }) => {
      process.env["AWS_DEFAULT_PROFILE"] = "plain";
      await writeCredentials(`[plain]\n${janesKeys}`);
    },
    is: { kind: "static", source: "plain", account: "111122223333", arn: jane.arn },
  },
  {
    name: "keys in the environment, before that profile",
    settings: { authentication: "aws" },
    prepare: async ({ writeCredentials }) => {
      process.env["AWS_DEFAULT_PROFILE"] = "other";
      process.env["AWS_ACCESS_KEY_ID"] = jane.accessKeyId;
      process.env["AWS_SECRET_ACCESS_KEY"] = jane.secretAccessKey;
      await writeCredentials("[other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = other\n");
    },
    is: { kind: "environment", account: "111122223333", arn: jane.arn },
  },
  {
    name: "an sso-session, whose region is not that of Bedrock",
    settings: { profile: "work", region: "us-east-1" },
    prepare: async (scene) => {
      await scene.writeConfig(ssoConfig);
      await scene.writeToken("corp", validToken(scene));
    },
    is: { kind: "sso", source: "work", account: "777788889999", arn: devArn },
  },
  {
    name: "IAM Identity Center without a session",
    settings: { profile: "old" },
    prepare: async (scene) => {
      await scene.writeConfig(legacySso);
      await scene.writeToken(startUrl, validToken(scene));
    },
    is: { kind: "sso-legacy", account: "777788889999", arn: devArn },
  },
  {
    name: "a role with a source profile",
    settings: { profile: "role" },
    prepare: async ({ writeConfig, writeCredentials }) => {
      await writeConfig(role("plain", "source_profile = plain"));
      await writeCredentials(`[plain]\n${janesKeys}`);
    },
    is: { kind: "assume-role", account: "444455556666", arn: roleArn("plain") },
  },
  {
    name: "a role assumed with the credentials of IAM Identity Center",
    settings: { profile: "role" },
    prepare: async (scene) => {
      await scene.writeConfig(`${ssoConfig}${role("plain", "source_profile = work")}`);
      await scene.writeToken("corp", validToken(scene));
    },
    is: { kind: "assume-role", arn: roleArn("plain") },
  },
  {
    name: "a role with the environment as its source",
    settings: { profile: "role" },
    prepare: async ({ writeConfig }) => {
      await writeConfig(role("plain", "credential_source = Environment"));
      process.env["AWS_ACCESS_KEY_ID"] = jane.accessKeyId;
      process.env["AWS_SECRET_ACCESS_KEY"] = jane.secretAccessKey;
    },
    is: { kind: "assume-role", arn: roleArn("plain") },
  },
  {
    name: "a role that wants a multi-factor code",
    options: { codes: ["123456"] },
    settings: { profile: "role" },
    prepare: async ({ writeConfig, writeCredentials }) => {
      await writeConfig(role("careful", "source_profile = plain\nmfa_serial = arn:aws:iam::111122223333:mfa/jane"));
      await writeCredentials(`[plain]\n${janesKeys}`);
    },
    is: { kind: "assume-role", account: "444455556666", arn: roleArn("careful") },
  },
  {
    name: "a web identity",
    settings: { profile: "role" },
    prepare: async ({ home, writeConfig }) => {
      const token = join(home, "token");
      await writeFile(token, "web-token");
      await writeConfig(role("web", `web_identity_token_file = ${token}`));
    },
    is: { kind: "web-identity", account: "444455556666", arn: roleArn("web") },
  },
  {
    name: "a credential_process",
    settings: { profile: "tool" },
    prepare: async ({ home, writeConfig, services }) => {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = services.world.issue(jane.arn);
      const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken };
      const given = JSON.stringify({ Version: 1, ...keys, Expiration: expiration });
      await writeConfig(`[profile tool]\ncredential_process = ${await writeProgram(home, `echo '${given}'`)}\n`);
    },
    is: { kind: "process", arn: jane.arn },
  },
  {
    name: "the role of a container",
    settings: { authentication: "aws" },
    prepare: async ({ services }) => {
      process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = `${services.url}/container/credentials`;
      process.env["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "container-token";
    },
    is: { kind: "container", arn: "arn:aws:sts::111122223333:assumed-role/host/i-0123456789abcdef0" },
  },
  {
    name: "the role of an instance",
    settings: { authentication: "aws" },
    prepare: async ({ services }) => {
      delete process.env["AWS_EC2_METADATA_DISABLED"];
      process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = services.url;
    },
    is: { kind: "instance", arn: "arn:aws:sts::111122223333:assumed-role/host/i-0123456789abcdef0" },
  },
  {
    name: "stored access keys",
    options: { stored: { accessKeys: jane } },
    settings: { authentication: "keys" },
    is: { kind: "keys", account: "111122223333", arn: jane.arn },
  },
];

async function openKind(test: TestContext, { options, prepare }: Kind): Promise<IdentityScene> {
  const scene = await openIdentityScene(test, options);
  await prepare?.(scene);
  test.after(() => {
    delete process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"];
  });
  return scene;
}

for (const transport of transports) {
  describe(`credentials of every kind over ${nameOf(transport)}`, () => {
    for (const kind of kinds) {
      it(`signs with ${kind.name}, and says whose they are`, async (test) => {
        const scene = await openKind(test, kind);
        const { find } = scene.services.world;
        const wire = await openWire(test, transport, () => textReply("Hi."), { credentials: find });
        const own = { ...kind.settings, identity: scene.identity };
        const { events, error } = await wire.call(own);
        assert.deepEqual([textOf(events), error?.message, error?.error.detail], ["Hi.", undefined, undefined]);
        const described = await describeIdentity({ ...wire.settings, ...own }, new AbortController().signal);
        assert.partialDeepStrictEqual(described, kind.is);
        assert.equal(described.expiration !== undefined, described.arn !== jane.arn || described.kind === "process");
      });
    }
  });
}

it("a role that wants a code is reached through the proxy, and so are the roles on the way to it", async (test) => {
  const scene = await openIdentityScene(test, { codes: ["123456"] });
  const { services, identity } = scene;
  const middle = "[profile middle]\nrole_arn = arn:aws:iam::444455556666:role/plain\nsource_profile = plain\n";
  const serial = "mfa_serial = arn:aws:iam::111122223333:mfa/jane";
  await scene.writeConfig(`${middle}${role("careful", `source_profile = middle\n${serial}`)}`);
  await scene.writeCredentials(`[plain]\n${janesKeys}`);
  const proxy = await startHttpProxy(test, { to: Number(new URL(services.url).port) });
  setVariables(test, { AWS_ENDPOINT_URL_STS: "http://sts.outcrop.test" });
  const wire = await openWire(test, "plain", () => textReply("Hi."), { credentials: services.world.find });
  const network = { proxy: { by: "own", url: proxy.url } } as const;
  // Nobody's client asks: there is none to take the way from.
  const described = await describeIdentity(
    { ...wire.settings, profile: "role", identity, network },
    new AbortController().signal,
  );
  assert.equal(described.arn, roleArn("careful"));
  assert.ok(proxy.seen.length >= 3, proxy.seen.join());
});

for (const own of [undefined, "us-gov-east-1"]) {
  it(`a role is assumed in ${own ?? "the region of the AWS CLI's variable"}, and described with that variable's`, async (test) => {
    const scene = await openIdentityScene(test);
    await scene.writeConfig(
      `${role("plain", "source_profile = plain")}${own === undefined ? "" : `region = ${own}\n`}`,
    );
    await scene.writeCredentials(`[plain]\n${janesKeys}`);
    setVariables(test, { AWS_DEFAULT_REGION: "us-gov-west-1" });
    const wire = await openWire(test, "plain", () => textReply("Hi."));
    const settings = { ...wire.settings, region: undefined, endpoint: undefined, profile: "role" };
    const described = await describeIdentity({ ...settings, identity: scene.identity }, new AbortController().signal);
    assert.equal(described.region, "us-gov-west-1");
    const told = `AWS_DEFAULT_REGION (us-gov-west-1) is used before the region of the profile role (${own}).`;
    assert.deepEqual(described.overrides, own === undefined ? [] : [told]);
    const regions = scene.services.requests.map(({ headers }) => headers["authorization"]?.split("/")[2]);
    assert.deepEqual(regions, [own ?? "us-gov-west-1", "us-gov-west-1"]);
  });
}
