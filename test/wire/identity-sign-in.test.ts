import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import { getSSOTokenFilepath } from "@smithy/core/config";
import type { SsoSession } from "../../src/bedrock/identity/aws-profile.ts";
import { signInToSso } from "../../src/bedrock/identity/sso-sign-in.ts";
import { readSsoToken } from "../../src/bedrock/identity/sso-token.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { type IdentityScene, openIdentityScene, ssoConfig, startUrl } from "../support/identity-scene.ts";
import { nameOf, transports } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

const session: SsoSession = { id: "corp", startUrl, region: "eu-west-1", scopes: ["sso:account:access"] };

interface Person {
  /** What is done at the browser before the n-th question of the client, from 1. */
  readonly atPoll?: (poll: number, userCode: string, scene: IdentityScene) => void;
  readonly goesOn?: boolean;
  readonly signal?: AbortSignal;
}

/** A clock that both sides share: waiting moves it, nothing else does. */
async function openSignIn(test: TestContext) {
  const clock = { now: Date.now() };
  const scene = await openIdentityScene(test, { world: { now: () => clock.now } });
  const waits: number[] = [];
  const secrets: string[] = [];
  const signIn = (own: Partial<SsoSession>, { atPoll, goesOn = true, signal }: Person = {}): Promise<boolean> => {
    let userCode = "";
    return signInToSso(
      { ...session, ...own },
      {
        confirm: async (code) => {
          assert.equal(code.address, `${scene.services.url}/device?user_code=${code.userCode}`);
          ({ userCode } = code);
          return goesOn;
        },
        timing: {
          now: () => clock.now,
          wait: async (milliseconds, aborted) => {
            waits.push(milliseconds / 1_000);
            clock.now += milliseconds;
            atPoll?.(waits.length, userCode, scene);
            aborted.throwIfAborted();
          },
        },
        signal: signal ?? new AbortController().signal,
        onSecret: (secret) => void secrets.push(secret),
      },
    );
  };
  return { scene, clock, waits, secrets, signIn };
}

const approveAt = (at: number): Person => ({
  atPoll: (poll, userCode, { services }) => {
    if (poll === at) services.grants.answer(userCode, "approved");
  },
});

describe("signInToSso", () => {
  it("waits for the browser and keeps a token that the CLI and the SDK find, for the user alone", async (test) => {
    const { scene, waits, secrets, signIn, clock } = await openSignIn(test);
    assert.equal(await signIn({}, approveAt(3)), true);
    assert.deepEqual(waits, [1, 1, 1]);
    const token = await readSsoToken("corp");
    assert.deepEqual(Object.keys(token ?? {}).toSorted(), [
      ...["accessToken", "clientId", "clientSecret", "expiresAt", "refreshToken"],
      ...["region", "registrationExpiresAt", "startUrl"],
    ]);
    assert.deepEqual([token?.region, token?.startUrl], ["eu-west-1", startUrl]);
    assert.equal(Date.parse(token?.expiresAt ?? ""), Math.floor((clock.now + 28_800_000) / 1_000) * 1_000);
    assert.equal((await stat(getSSOTokenFilepath("corp"))).mode & 0o777, 0o600);
    assert.deepEqual(secrets, [token?.clientSecret, token?.accessToken, token?.refreshToken]);
    assert.equal(scene.services.grants.holds(token?.accessToken), true);
  });

  it("asks for no refresh where the profile has no session, and none comes", async (test) => {
    const { signIn } = await openSignIn(test);
    assert.equal(await signIn({ id: startUrl, scopes: [] }, approveAt(1)), true);
    assert.equal((await readSsoToken(startUrl))?.refreshToken, undefined);
  });

  it("asks less often where it is told to", async (test) => {
    const { scene, waits, signIn, clock } = await openSignIn(test);
    const hurried: Person = {
      atPoll: (poll, userCode, { services }) => {
        if (poll === 1) clock.now -= 500;
        if (poll === 2) services.grants.answer(userCode, "approved");
      },
    };
    // The device was begun at the clock's time, so that the first question comes too early.
    const begin = scene.services.grants.begin.bind(scene.services.grants);
    scene.services.grants.begin = (clientId) => {
      const grant = begin(clientId);
      const device = scene.services.grants.device(grant.deviceCode);
      if (device !== undefined) device.lastPoll = clock.now;
      return grant;
    };
    assert.equal(await signIn({}, hurried), true);
    assert.deepEqual(waits, [1, 6]);
  });

  it("ends with what AWS says where the user refuses, and where the code grows too old", async (test) => {
    const { signIn, clock } = await openSignIn(test);
    const refuse: Person = { atPoll: (_, userCode, { services }) => services.grants.answer(userCode, "denied") };
    const late: Person = {
      atPoll: () => {
        clock.now += 601_000;
      },
    };
    await assert.rejects(signIn({}, refuse), { name: "AccessDeniedException" });
    await assert.rejects(signIn({}, late), { name: "ExpiredTokenException" });
    assert.equal(await readSsoToken("corp"), undefined);
  });

  it("does nothing further where the user does not go on, and ends at once where they cancel", async (test) => {
    const { signIn, waits, scene } = await openSignIn(test);
    assert.equal(await signIn({}, { goesOn: false }), false);
    assert.deepEqual(waits, []);
    const cancelled = new AbortController();
    const cancel: Person = { atPoll: () => cancelled.abort(new Error("cancelled")), signal: cancelled.signal };
    await assert.rejects(signIn({}, cancel), /cancelled/);
    assert.equal(scene.services.requests.filter(({ path }) => path === "/token").length, 0);
  });
});

for (const transport of transports) {
  describe(`a turn without a session at IAM Identity Center over ${nameOf(transport)}`, () => {
    it("ends with Sign In, and after the sign-in the same turn answers", async (test) => {
      const { scene, signIn } = await openSignIn(test);
      const { identity, services } = scene;
      await scene.writeConfig(ssoConfig);
      const turns = await openWireTurns(test, transport, () => textReply("Signed."), {
        settings: { profile: "work", identity },
        emulator: { credentials: services.world.find },
      });
      const outcome = await turns.session.send({ text: "Hello", attachments: [] });
      assert.partialDeepStrictEqual(outcome, { kind: "failed", error: { kind: "credentials" } });
      const error = outcome?.kind === "failed" ? outcome.error : undefined;
      assert.match(
        error?.message ?? "",
        /^The IAM Identity Center session of the profile work has ended: sign in again \(/,
      );
      assert.equal(error?.actions[0], "sign-in");
      assert.equal(turns.emulator.requests.length, 0);
      await signIn({}, approveAt(1));
      assert.deepEqual(await turns.session.resume(), { kind: "completed" });
      assert.deepEqual(
        turns.events.filter(({ type }) => type.startsWith("turn-")).map(({ type }) => type),
        ["turn-start", "turn-end", "turn-resume", "turn-end"],
      );
      assert.deepEqual(
        turns.messages.map(({ role }) => role),
        ["user", "assistant"],
      );
    });
  });
}
