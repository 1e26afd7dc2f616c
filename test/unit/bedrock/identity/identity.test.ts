import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { apiKeyExpiry } from "../../../../src/bedrock/identity/api-key-expiry.ts";
import { Identity, type IdentityPorts } from "../../../../src/bedrock/identity/identity.ts";

const ports: IdentityPorts = { stored: () => ({}), askMfaCode: async () => undefined, onSecret: () => undefined };

/** Credentials that end after so many milliseconds of the clock, and how often they were looked for. */
function scene(lifeMs: number | undefined) {
  const clock = { now: 1_000_000 };
  const state = { loads: 0, fails: false };
  const identity = new Identity(ports, () => clock.now);
  const provider = identity.share("a", async () => {
    state.loads++;
    if (state.fails) throw new Error("unreachable");
    const expiration = lifeMs === undefined ? {} : { expiration: new Date(clock.now + lifeMs) };
    return { accessKeyId: `K${state.loads}`, secretAccessKey: "secret", ...expiration };
  });
  const id = async (): Promise<string> => (await provider()).accessKeyId;
  return { clock, state, identity, id };
}

describe("Identity", () => {
  it("shares credentials, also while they are looked for", async () => {
    const { state, id } = scene(undefined);
    assert.deepEqual(await Promise.all([id(), id()]), ["K1", "K1"]);
    assert.deepEqual([await id(), state.loads], ["K1", 1]);
  });

  it("renews them before they end, and keeps the old ones to their end where that fails", async () => {
    const { clock, state, id } = scene(3_600_000);
    await id();
    clock.now += 3_600_000 - 299_000;
    state.fails = true;
    assert.deepEqual([await id(), state.loads], ["K1", 2]);
    clock.now += 299_000;
    await assert.rejects(id(), /unreachable/);
    state.fails = false;
    assert.equal(await id(), "K4");
  });

  it("keeps no failure, and looks anew when told to", async () => {
    const { identity, state, id } = scene(undefined);
    state.fails = true;
    await assert.rejects(id());
    state.fails = false;
    assert.equal(await id(), "K2");
    const before = JSON.stringify(identity);
    identity.renew();
    assert.equal(await id(), "K3");
    assert.notEqual(JSON.stringify(identity), before);
    assert.doesNotMatch(JSON.stringify(identity), /secret/);
  });

  it("tells of credentials that are found or dropped, not of those renewed in time", async () => {
    const clock = { now: 0 };
    let changes = 0;
    const identity = new Identity({ ...ports, onChange: () => changes++ }, () => clock.now);
    const provider = identity.share("a", async () => ({
      ...{ accessKeyId: "K", secretAccessKey: "s" },
      expiration: new Date(clock.now + 60_000),
    }));
    assert.equal(identity.holds("a"), false);
    for (let call = 0; call < 3; call++) await provider();
    assert.deepEqual([identity.holds("a"), changes], [true, 1]);
    identity.renew();
    assert.deepEqual([identity.holds("a"), changes], [false, 2]);
  });

  it("tells each secret once, stored or resolved", async () => {
    const told: string[] = [];
    const stored = { apiKey: "api-key", accessKeys: { accessKeyId: "A", secretAccessKey: "s1", sessionToken: "t1" } };
    const identity = new Identity({ ...ports, stored: () => stored, onSecret: (secret) => void told.push(secret) });
    assert.deepEqual([identity.stored, identity.stored], [stored, stored]);
    await identity.share("a", async () => ({ accessKeyId: "K", secretAccessKey: "s2" }))();
    assert.deepEqual(told, ["api-key", "s1", "t1", "s2"]);
    assert.deepEqual(identity.secrets(), told);
  });
});

describe("apiKeyExpiry", () => {
  it("reads the end of a short-term key, and none of a long-term one", () => {
    const url =
      "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Date=20261129T100000Z&X-Amz-Expires=43200&Version=1";
    const key = `bedrock-api-key-${Buffer.from(url).toString("base64")}`;
    assert.deepEqual(apiKeyExpiry(key), new Date("2026-11-29T22:00:00Z"));
    assert.equal(apiKeyExpiry("ABSKxyz"), undefined);
    assert.equal(apiKeyExpiry("bedrock-api-key-bm90IGEgdXJs"), undefined);
  });
});
