import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { IdempotencyKeys, type OpenWrites } from "../../../../src/tools/http/idempotency-keys.ts";

const post = { method: "POST", url: "https://a.example/p?x=1&y=2", body: '{"a":1,"b":{"c":2,"d":3}}' };

function memory(): OpenWrites & { readonly saved: () => unknown } {
  let kept: unknown;
  return {
    load: async () => kept,
    save: async (writes) => {
      kept = JSON.parse(JSON.stringify(writes));
    },
    saved: () => kept,
  };
}

describe("IdempotencyKeys", () => {
  it("gives the same request the same key until it is known what came of it, in whatever order it is written", async () => {
    const keys = new IdempotencyKeys(memory());
    const first = await keys.keyFor("move", post);
    const again = await keys.keyFor("move", {
      ...post,
      url: "https://a.example/p?y=2&x=1",
      body: '{"b":{"d":3,"c":2},"a":1}',
    });
    assert.equal(again, first);
    await keys.settle(first);
    assert.notEqual(await keys.keyFor("move", post), first);
  });

  it("gives another request or another tool a key of its own", async () => {
    const keys = new IdempotencyKeys(memory());
    const all = [
      await keys.keyFor("move", post),
      await keys.keyFor("other", post),
      await keys.keyFor("move", { ...post, method: "PUT" }),
      await keys.keyFor("move", { ...post, body: '{"a":2}' }),
      await keys.keyFor("move", { method: "DELETE", url: "https://a.example/p" }),
    ];
    assert.equal(new Set(all).size, all.length);
  });

  it("remembers across a restart, for a day, and keeps nothing of what is settled", async () => {
    const kept = memory();
    let now = 1_000;
    const first = await new IdempotencyKeys(kept, () => now).keyFor("move", post);
    assert.equal(JSON.stringify(kept.saved()).includes("a.example"), false);
    const restarted = new IdempotencyKeys(kept, () => now);
    assert.equal(await restarted.keyFor("move", post), first);
    now += 24 * 3_600_000;
    assert.notEqual(await new IdempotencyKeys(kept, () => now).keyFor("move", post), first);
    await restarted.settle(first);
    assert.deepEqual(kept.saved(), []);
  });

  it("sends nothing where the key cannot be kept, and takes a broken file for an empty one", async () => {
    const full = new IdempotencyKeys({
      load: async () => "junk",
      save: async () => Promise.reject(new Error("disk full")),
    });
    await assert.rejects(full.keyFor("move", post), /disk full/);
  });
});
