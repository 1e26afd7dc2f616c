import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { ClientSlot } from "../../../src/bedrock/client-slot.ts";

/** A slot of real clients, and the numbers of those that were destroyed. */
function openSlot() {
  const destroyed: number[] = [];
  let made = 0;
  const slot = new ClientSlot(() => {
    const number = ++made;
    const client = new BedrockRuntimeClient({ region: "us-east-1" });
    const { destroy } = client;
    client.destroy = () => {
      destroyed.push(number);
      destroy.call(client);
    };
    return client;
  });
  return { slot, destroyed, made: () => made };
}

describe("ClientSlot", () => {
  it("gives every attempt the same client", () => {
    const { slot, destroyed, made } = openSlot();
    const [first, second] = [slot.hold(), slot.hold()];
    assert.equal(first.client, second.client);
    first.release();
    second.release();
    assert.deepEqual([made(), destroyed], [1, []]);
    slot.close();
  });

  it("B1.13 destroys a client that was replaced when its last attempt is over", () => {
    const { slot, destroyed } = openSlot();
    const [first, second] = [slot.hold(), slot.hold()];
    slot.retire();
    first.release();
    assert.deepEqual(destroyed, []);
    second.release();
    assert.deepEqual(destroyed, [1]);
  });

  it("B1.13 lets a turn that is between two attempts go on, and cleans up behind it", () => {
    const { slot, destroyed, made } = openSlot();
    slot.hold().release();
    slot.retire();
    assert.deepEqual(destroyed, [1]);
    slot.hold().release();
    assert.deepEqual([made(), destroyed], [2, [1, 2]]);
  });

  it("B1.13 closes at once what was replaced while attempts ran on it, and nothing twice", () => {
    const { slot, destroyed } = openSlot();
    const old = slot.hold();
    slot.renew();
    const next = slot.hold();
    slot.close();
    assert.deepEqual(destroyed, [1, 2]);
    old.release();
    next.release();
    assert.deepEqual(destroyed, [1, 2]);
  });

  it("B4.70 takes another client after a renewal, and lets what runs finish on the old one", () => {
    const { slot, destroyed } = openSlot();
    const old = slot.hold();
    slot.renew();
    const next = slot.hold();
    assert.notEqual(next.client, old.client);
    assert.deepEqual(destroyed, []);
    old.release();
    assert.deepEqual(destroyed, [1]);
    next.release();
    assert.deepEqual(destroyed, [1]);
    slot.close();
    assert.deepEqual(destroyed, [1, 2]);
  });
});
