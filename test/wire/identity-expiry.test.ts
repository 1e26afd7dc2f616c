import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { describe, it } from "node:test";
import { getSSOTokenFilepath } from "@smithy/core/config";
import { describeIdentity, describeQuietly } from "../../src/bedrock/identity/describe-identity.ts";
import { readSsoToken } from "../../src/bedrock/identity/sso-token.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { jane, mfa, openIdentityScene, ssoConfig, validToken, writeProgram } from "../support/identity-scene.ts";
import { nameOf, openWire, transports } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

const hi = { text: "Hello", attachments: [] };
const mfaRole = `[profile role]\nrole_arn = arn:aws:iam::444455556666:role/careful\nrole_session_name = s\nmfa_serial = ${mfa.serial}\n`;
const janesKeys = `[plain]\naws_access_key_id = ${jane.accessKeyId}\naws_secret_access_key = ${jane.secretAccessKey}\n`;

for (const transport of transports) {
  describe(`credentials that end over ${nameOf(transport)}`, () => {
    it("are looked for anew in the middle of a session, and the turn goes on", async (test) => {
      const scene = await openIdentityScene(test);
      const { identity, services } = scene;
      await scene.writeConfig(ssoConfig);
      await scene.writeToken("corp", validToken(scene));
      const turns = await openWireTurns(test, transport, () => textReply("Hi."), {
        settings: { profile: "work", identity },
        emulator: { credentials: services.world.find },
      });
      assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
      services.world.expireIssued();
      assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
      assert.deepEqual(
        turns.emulator.requests.map(({ status }) => status),
        [200, 403, 200],
      );
      assert.equal(services.requests.filter(({ path }) => path.startsWith("/federation/")).length, 2);
    });

    it("of a session are refreshed with its token, whose file stays the user's alone", async (test) => {
      const scene = await openIdentityScene(test);
      // The SDK refreshes the token of one session twice a minute at most, whatever file it is in.
      const name = `refreshed-${transport}`;
      await scene.writeConfig(ssoConfig.replaceAll("corp", name));
      const old = validToken(scene);
      await scene.writeToken(name, { ...old, expiresAt: new Date(Date.now() + 60_000).toISOString() });
      const wire = await openWire(test, transport, () => textReply("Hi."), { credentials: scene.services.world.find });
      assert.equal((await wire.call({ profile: "work", identity: scene.identity })).error, undefined);
      const token = await readSsoToken(name);
      assert.notEqual(token?.accessToken, old["accessToken"]);
      assert.ok(Date.parse(token?.expiresAt ?? "") > Date.now() + 3_600_000);
      assert.deepEqual(
        scene.services.requests.map(({ path }) => path.split("?")[0]),
        ["/token", "/federation/credentials"],
      );
      assert.equal((await stat(getSSOTokenFilepath(name))).mode & 0o777, 0o600);
    });

    it("say Sign In where the session was revoked before its time", async (test) => {
      const scene = await openIdentityScene(test);
      await scene.writeConfig(ssoConfig);
      await scene.writeToken("corp", validToken(scene));
      scene.services.grants.revoke();
      const wire = await openWire(test, transport, () => textReply("Hi."));
      const { error } = await wire.fail({ profile: "work", identity: scene.identity });
      assert.match(error.message, /^The IAM Identity Center session has ended: sign in again \(/);
      assert.equal(error.actions[0], "sign-in");
    });
  });
}

describe("a profile with a multi-factor code", () => {
  it("asks once for all clients until its credentials end", async (test) => {
    const scene = await openIdentityScene(test, { codes: [mfa.code, mfa.code] });
    await scene.writeConfig(`${mfaRole}source_profile = plain\n`);
    await scene.writeCredentials(janesKeys);
    const wire = await openWire(test, "plain", () => textReply("Hi."), { credentials: scene.services.world.find });
    const own = { profile: "role", identity: scene.identity };
    for (let turn = 0; turn < 2; turn++) assert.equal((await wire.call(own)).error, undefined);
    await describeIdentity({ ...wire.settings, ...own }, new AbortController().signal);
    assert.deepEqual(scene.askedFor, [mfa.serial]);
    scene.identity.renew();
    assert.equal((await wire.call(own)).error, undefined);
    assert.equal(scene.askedFor.length, 2);
  });

  it("is described without being asked for, until it has its credentials", async (test) => {
    const scene = await openIdentityScene(test, { codes: [mfa.code] });
    await scene.writeConfig(`${mfaRole}source_profile = plain\n`);
    await scene.writeCredentials(janesKeys);
    const wire = await openWire(test, "plain", () => textReply("Hi."), { credentials: scene.services.world.find });
    const own = { ...wire.settings, profile: "role", identity: scene.identity };
    const { signal } = new AbortController();
    const expected = {
      source: "role",
      kind: "assume-role",
      region: "us-east-1",
      account: "444455556666",
      overrides: [],
    };
    assert.deepEqual(await describeQuietly(own, signal), expected);
    assert.deepEqual(scene.askedFor, []);
    await wire.call(own);
    assert.equal((await describeQuietly(own, signal)).arn, "arn:aws:sts::444455556666:assumed-role/careful/s");
    assert.equal(scene.askedFor.length, 1);
  });

  it("ends cleanly where no code is given, and says so where a wrong one is", async (test) => {
    const scene = await openIdentityScene(test, { codes: [undefined, "654321"] });
    await scene.writeConfig(`${mfaRole}source_profile = plain\n`);
    await scene.writeCredentials(janesKeys);
    const wire = await openWire(test, "plain", () => textReply("Hi."));
    const own = { profile: "role", identity: scene.identity };
    const cancelled = await wire.fail(own);
    assert.equal(cancelled.message, "No multi-factor code was given for the profile role: sign in to be asked again.");
    const wrong = await wire.fail(own);
    assert.deepEqual([wrong.kind, wrong.retry.most], ["credentials", 0]);
    assert.match(wrong.message, /^AWS did not accept the multi-factor code \(/);
    assert.ok(!JSON.stringify(wrong.error).includes("654321"));
    assert.equal(wire.emulator.requests.length, 0);
  });

  it("does not ask where the credentials that assume the role are missing", async (test) => {
    const scene = await openIdentityScene(test, { codes: [mfa.code] });
    await scene.writeConfig(`${ssoConfig}${mfaRole}source_profile = work\n`);
    const wire = await openWire(test, "plain", () => textReply("Hi."));
    const { error } = await wire.fail({ profile: "role", identity: scene.identity });
    assert.match(error.message, /session of the profile work has ended/);
    assert.deepEqual(scene.askedFor, []);
  });
});

describe("what is said of credentials that fail", () => {
  it("names the program of credential_process, and what it printed, without secrets", async (test) => {
    const scene = await openIdentityScene(test);
    const leaky = "echo 'no ticket; password=hunter2hunter2 canary/secret/of/jane/0123456789abcdefgh' >&2; exit 3";
    await scene.writeConfig(`[profile tool]\ncredential_process = ${await writeProgram(scene.home, leaky)}\n`);
    const wire = await openWire(test, "plain", () => textReply("Hi."));
    const { identity } = scene;
    const stored = { ...wire.settings, profile: "tool", identity };
    const { error } = await wire.fail(stored);
    assert.match(error.message, /^The credential_process of the AWS profile failed \(/);
    assert.match(error.detail ?? "", /no ticket; password=\[redacted\]/);
    assert.doesNotMatch(JSON.stringify(error), /hunter2/);
  });

  it("tells every secret that it resolves, to be masked", async (test) => {
    const scene = await openIdentityScene(test);
    await scene.writeConfig(ssoConfig);
    await scene.writeToken("corp", validToken(scene));
    const wire = await openWire(test, "plain", () => textReply("Hi."), { credentials: scene.services.world.find });
    await wire.call({ profile: "work", identity: scene.identity });
    const id = /Credential=([^/]+)/u.exec(wire.emulator.requests[0]?.headers["authorization"] ?? "")?.[1] ?? "";
    const held = scene.services.world.find(id);
    assert.deepEqual(scene.secrets, [held?.secretAccessKey, held?.sessionToken]);
    assert.deepEqual(scene.identity.secrets(), scene.secrets);
  });
});
