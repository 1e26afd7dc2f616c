import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AllowAll } from "../../../src/policy/allow-all.ts";
import type { AuditEntry } from "../../../src/policy/audit/audit-record.ts";

function scene(record?: () => Promise<unknown>) {
  const entries: AuditEntry[] = [];
  const told: boolean[] = [];
  const allowed = { now: true };
  const allowAll: AllowAll = new AllowAll({
    session: "s1",
    mayBeOn: () => allowed.now,
    record: record ?? (async (entry) => entries.push(entry)),
    onChange: () => void told.push(allowAll.isOn),
  });
  const levels = () => entries.map((entry) => entry.event === "permissions" && entry.level);
  return { allowAll, told, allowed, levels };
}

describe("AllowAll", () => {
  it("UX79 is off, goes on and off, tells each and writes each down", async () => {
    const { allowAll, told, levels } = scene();
    assert.equal(allowAll.isOn, false);
    allowAll.turnOff();
    await allowAll.turnOn();
    assert.equal(allowAll.isOn, true);
    allowAll.turnOff();
    assert.equal(allowAll.isOn, false);
    assert.deepEqual(told, [true, false]);
    assert.deepEqual(levels(), ["allow-all", "default"]);
  });

  it("UX79 F01 is not turned on where that is forbidden, goes off when it comes to be, and stays off", async () => {
    const { allowAll, told, allowed, levels } = scene();
    allowed.now = false;
    await allowAll.turnOn();
    assert.equal(allowAll.isOn, false);
    allowed.now = true;
    await allowAll.turnOn();
    allowed.now = false;
    assert.equal(allowAll.isOn, false);
    allowed.now = true;
    assert.equal(allowAll.isOn, false);
    assert.deepEqual(told, [true, false]);
    assert.deepEqual(levels(), ["allow-all", "default"]);
  });

  it("is not turned on where that cannot be written down", async () => {
    const { allowAll, told } = scene(() => Promise.reject(new Error("full")));
    await assert.rejects(allowAll.turnOn(), /full/);
    assert.deepEqual([allowAll.isOn, told], [false, []]);
  });
});
