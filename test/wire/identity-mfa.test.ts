import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it, type TestContext } from "node:test";
import { describeIdentity, describeQuietly } from "../../src/bedrock/identity/describe-identity.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { mfa, mfaRole, openIdentityScene, plainCredentials, ssoConfig } from "../support/identity-scene.ts";
import { nameOf, openWire, transports } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

const hi = { text: "Hello", attachments: [] };

describe("a profile with a multi-factor code", () => {
  it("asks once for all clients until its credentials end", async (test) => {
    const scene = await openIdentityScene(test, { codes: [mfa.code, mfa.code] });
    await scene.writeConfig(`${mfaRole}source_profile = plain\n`);
    await scene.writeCredentials(plainCredentials);
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
    await scene.writeCredentials(plainCredentials);
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
    await scene.writeCredentials(plainCredentials);
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

  it("is the same where a role on the way to it wants the code", async (test) => {
    const scene = await openIdentityScene(test, { codes: [undefined, mfa.code] });
    const far = "[profile far]\nrole_arn = arn:aws:iam::444455556666:role/plain\nsource_profile = role\n";
    await scene.writeConfig(`${far}${mfaRole}source_profile = plain\n`);
    await scene.writeCredentials(plainCredentials);
    const wire = await openWire(test, "plain", () => textReply("Hi."), { credentials: scene.services.world.find });
    const own = { profile: "far", identity: scene.identity };
    const { signal } = new AbortController();
    assert.equal((await describeQuietly({ ...wire.settings, ...own }, signal)).arn, undefined);
    assert.deepEqual(scene.askedFor, []);
    assert.match((await wire.fail(own)).message, /^No multi-factor code was given/);
    assert.equal((await wire.call(own)).error, undefined);
    assert.deepEqual(scene.askedFor, [mfa.serial, mfa.serial]);
  });

  it("does not ask where a session on the way to such a role has ended", async (test) => {
    const scene = await openIdentityScene(test, { codes: [mfa.code] });
    const far = "[profile far]\nrole_arn = arn:aws:iam::444455556666:role/plain\nsource_profile = role\n";
    await scene.writeConfig(`${far}${ssoConfig}${mfaRole}source_profile = work\n`);
    const wire = await openWire(test, "plain", () => textReply("Hi."));
    const { error } = await wire.fail({ profile: "far", identity: scene.identity });
    assert.match(error.message, /session of the profile work has ended/);
    assert.deepEqual(scene.askedFor, []);
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

/** A user in front of the box, who types a code when told to. */
async function openAsked(test: TestContext) {
  const asked = Promise.withResolvers<AbortSignal>();
  const typed = Promise.withResolvers<string>();
  const scene = await openIdentityScene(test, {
    answer: async (signal) => {
      asked.resolve(signal);
      const closed = once(signal, "abort").then(() => undefined);
      return Promise.race([typed.promise, closed]);
    },
  });
  await scene.writeConfig(`${mfaRole}source_profile = plain\n`);
  await scene.writeCredentials(plainCredentials);
  return { scene, asked: asked.promise, type: typed.resolve };
}

for (const transport of transports) {
  describe(`a turn that waits for a multi-factor code over ${nameOf(transport)}`, () => {
    it("closes the box when it is stopped, sends nothing, and asks anew the next time", async (test) => {
      const { scene, asked, type } = await openAsked(test);
      const turns = await openWireTurns(test, transport, () => textReply("Hi."), {
        settings: { profile: "role", identity: scene.identity },
        emulator: { credentials: scene.services.world.find },
      });
      const turn = turns.session.send(hi);
      const box = await asked;
      turns.session.stop();
      assert.deepEqual(await turn, { kind: "cancelled" });
      assert.equal(box.aborted, true);
      assert.equal(turns.emulator.requests.length, 0);
      type(mfa.code);
      assert.deepEqual(await turns.session.send(hi), { kind: "completed" });
      assert.deepEqual(scene.askedFor, [mfa.serial, mfa.serial]);
    });

    it("leaves the box open while another turn waits for the same code", async (test) => {
      const { scene, asked, type } = await openAsked(test);
      const settings = { profile: "role", identity: scene.identity };
      const emulator = { credentials: scene.services.world.find };
      const open = () => openWireTurns(test, transport, () => textReply("Hi."), { settings, emulator });
      const [one, other] = [await open(), await open()];
      const stopped = one.session.send(hi);
      const box = await asked;
      const begun = other.next("step-start");
      const going = other.session.send(hi);
      await begun;
      one.session.stop();
      assert.deepEqual(await stopped, { kind: "cancelled" });
      assert.equal(box.aborted, false);
      type(mfa.code);
      assert.deepEqual(await going, { kind: "completed" });
      assert.deepEqual(scene.askedFor, [mfa.serial]);
    });

    it("gives the user all the time that they take", async (test) => {
      const { scene, asked, type } = await openAsked(test);
      const wire = await openWire(test, transport, () => textReply("Hi."), { credentials: scene.services.world.find });
      const limitMs = 2_000;
      const call = wire.call({ profile: "role", identity: scene.identity, firstByteMs: limitMs });
      await asked;
      await new Promise((resolve) => setTimeout(resolve, limitMs * 1.2));
      type(mfa.code);
      assert.equal((await call).error, undefined);
    });
  });
}
