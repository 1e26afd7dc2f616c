import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { describe, it } from "node:test";
import { getSSOTokenFilepath } from "@smithy/core/config";
import { readSsoToken } from "../../src/bedrock/identity/sso-token.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { openIdentityScene, ssoConfig, validToken, writeProgram } from "../support/identity-scene.ts";
import { nameOf, openWire, transports } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

const hi = { text: "Hello", attachments: [] };

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
