import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { isTooLong } from "../../../src/chat/is-too-long.ts";

/** A conversation that is estimated at so many tokens. */
const talk = (tokens: number): readonly Message[] => [{ role: "user", content: [{ text: "x".repeat(4 * tokens) }] }];
const limit = 1_000;
const unasked = (): never => assert.fail("asked");

describe("isTooLong", () => {
  it("is false where no limit was told", async () => {
    assert.equal(await isTooLong(talk(1_000_000), undefined, unasked), false);
  });

  it("is certain far from the limit, and asks nobody", async () => {
    const verdicts = [800, 2_000].map((estimate) => isTooLong(talk(estimate), limit, unasked));
    assert.deepEqual(await Promise.all(verdicts), [false, true]);
  });

  it("goes by the service's count near the limit", async () => {
    for (const estimate of [801, 1_250, 1_999]) {
      assert.equal(await isTooLong(talk(estimate), limit, async () => limit), false);
      assert.equal(await isTooLong(talk(estimate), limit, async () => limit + 1), true);
    }
  });

  it("takes no conversation for too long by an estimate that is only near the limit, where nobody counts", async () => {
    const uncounted = async () => undefined;
    const verdicts = [801, 1_250, 1_251].map((estimate) => isTooLong(talk(estimate), limit, uncounted));
    assert.deepEqual(await Promise.all(verdicts), [false, false, true]);
  });
});
