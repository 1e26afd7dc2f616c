import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type RunningIdentityServer, startIdentityServer } from "../../../../src/emulator/identity/identity-server.ts";
import { textReply } from "../../../../src/emulator/replies.ts";
import type { EmulatorCredentials } from "../../../../src/emulator/verify-signature.ts";
import { converse, makeWireClient } from "../client.ts";
import { start } from "../server-scene.ts";

const jane = { accessKeyId: "AKIAJANE", secretAccessKey: "janes-secret", arn: "arn:aws:iam::111122223333:user/jane" };
const role = "arn:aws:iam::444455556666:role/careful";
const mfa = { serial: "arn:aws:iam::111122223333:mfa/jane", code: "123456" };

async function openServices(test: TestContext): Promise<RunningIdentityServer> {
  const services = await startIdentityServer({ users: [jane], roles: [{ arn: role, mfa }] });
  test.after(() => services.close());
  return services;
}

function stsFor(test: TestContext, { url }: RunningIdentityServer, credentials: EmulatorCredentials): STSClient {
  const client = new STSClient({ endpoint: url, region: "eu-central-1", credentials, maxAttempts: 1 });
  test.after(() => client.destroy());
  return client;
}

describe("the local STS", () => {
  it("says whose keys sign, and refuses wrong, unknown and expired ones in AWS's words", async (test) => {
    const services = await openServices(test);
    const { $metadata: _, ...caller } = await stsFor(test, services, jane).send(new GetCallerIdentityCommand({}));
    assert.deepEqual(caller, { Account: "111122223333", Arn: jane.arn, UserId: "AROAJANE" });
    const refuse = (keys: EmulatorCredentials): Promise<unknown> =>
      stsFor(test, services, keys).send(new GetCallerIdentityCommand({}));
    await assert.rejects(refuse({ ...jane, secretAccessKey: "wrong" }), { name: "SignatureDoesNotMatch" });
    await assert.rejects(refuse({ ...jane, accessKeyId: "AKIANOBODY" }), { name: "InvalidClientTokenId" });
    const issued = services.world.issue(role);
    await refuse(issued);
    services.world.expireIssued();
    await assert.rejects(refuse(issued), {
      name: "ExpiredToken",
      message: "The security token included in the request is expired",
    });
  });

  it("gives a role for the right device and code alone", async (test) => {
    const sts = stsFor(test, await openServices(test), jane);
    const assume = (SerialNumber?: string, TokenCode?: string, RoleArn = role) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn,
          RoleSessionName: "s",
          ...(SerialNumber !== undefined && { SerialNumber }),
          ...(TokenCode !== undefined && { TokenCode }),
        }),
      );
    const { Credentials, AssumedRoleUser } = await assume(mfa.serial, mfa.code);
    assert.equal(AssumedRoleUser?.Arn, "arn:aws:sts::444455556666:assumed-role/careful/s");
    assert.ok((Credentials?.Expiration?.getTime() ?? 0) > Date.now());
    await assert.rejects(assume(), /is not authorized to perform: sts:AssumeRole on resource/);
    await assert.rejects(assume(mfa.serial, "654321"), /MultiFactorAuthentication failed/);
    await assert.rejects(assume(mfa.serial, "abc"), { name: "ValidationError" });
    await assert.rejects(assume(mfa.serial, mfa.code, `${role}2`), { name: "AccessDenied" });
  });
});

describe("the local IAM Identity Center", () => {
  it("wants its own client, a start URL, and one use of a grant", async (test) => {
    const services = await openServices(test);
    const oidc = new SSOOIDCClient({ endpoint: services.url, region: "eu-west-1", maxAttempts: 1 });
    test.after(() => oidc.destroy());
    const register = new RegisterClientCommand({
      clientName: "x",
      clientType: "public",
      scopes: ["sso:account:access"],
    });
    const { clientId, clientSecret } = await oidc.send(register);
    const own = { clientId, clientSecret };
    const startUrl = "https://x.awsapps.com/start";
    const begin = (changed: object) => oidc.send(new StartDeviceAuthorizationCommand({ ...own, startUrl, ...changed }));
    await assert.rejects(begin({ clientSecret: "wrong" }), { name: "InvalidClientException" });
    await assert.rejects(begin({ startUrl: "nowhere" }), { name: "InvalidRequestException" });
    const { deviceCode, userCode = "" } = await begin({});
    const grantType = "urn:ietf:params:oauth:grant-type:device_code";
    const take = (changed: object) => oidc.send(new CreateTokenCommand({ ...own, grantType, deviceCode, ...changed }));
    await assert.rejects(take({}), { name: "AuthorizationPendingException" });
    await assert.rejects(take({}), { name: "SlowDownException" });
    await assert.rejects(take({ grantType: "password" }), { name: "UnsupportedGrantTypeException" });
    services.grants.answer(userCode, "approved");
    const device = services.grants.device(deviceCode);
    if (device !== undefined) device.lastPoll = 0;
    const { refreshToken } = await take({});
    await assert.rejects(take({}), { name: "InvalidGrantException" });
    const refresh = { grantType: "refresh_token", refreshToken };
    assert.notEqual((await take(refresh)).refreshToken, refreshToken);
    await assert.rejects(take(refresh), { name: "InvalidGrantException" });
  });
});

describe("the credentials of a container and an instance", () => {
  it("come only with the token that each wants", async (test) => {
    const { url } = await openServices(test);
    const status = async (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<number> =>
      (await fetch(`${url}${path}`, { headers, method })).status;
    assert.equal(await status("/container/credentials"), 401);
    assert.equal(await status("/container/credentials", { authorization: "container-token" }), 200);
    const role = "/latest/meta-data/iam/security-credentials/host";
    assert.equal(await status(role), 401);
    assert.equal(await status("/latest/api/token", {}, "PUT"), 400);
    const lifetime = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
    const token = await (await fetch(`${url}/latest/api/token`, { method: "PUT", headers: lifetime })).text();
    assert.equal(await status(role, { "x-aws-ec2-metadata-token": token }), 200);
    assert.equal(await status(`${role}2`, { "x-aws-ec2-metadata-token": token }), 404);
  });
});

describe("the local Bedrock with issued keys", () => {
  it("answers while they hold, and says that they have expired", async (test) => {
    const services = await openServices(test);
    const emulator = await start(test, { script: () => textReply("Hi."), credentials: services.world.find });
    const client = makeWireClient(emulator.url, { credentials: services.world.issue(role) });
    test.after(() => client.destroy());
    assert.ok((await converse(client)).length > 0);
    services.world.expireIssued();
    await assert.rejects(converse(client), {
      name: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
  });
});
