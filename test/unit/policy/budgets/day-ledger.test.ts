import assert from "node:assert/strict";
import { appendFile, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { DayLedger, localDay, SpendLedgerUnavailable } from "../../../../src/policy/budgets/day-ledger.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const today = (): string => "2026-11-21";

describe("DayLedger", () => {
  it("counts a reservation until it is settled, then the cost", async (test) => {
    const ledger = new DayLedger(join(await temporaryFolder(test), "new"), today);
    assert.equal(await ledger.spentToday(), 0);
    const id = (await ledger.reserve(4, 20)) ?? "";
    assert.equal(await ledger.spentToday(), 4);
    await ledger.settle(id, 1.5);
    assert.equal(await ledger.spentToday(), 1.5);
  });

  it("counts a refused call for nothing", async (test) => {
    const ledger = new DayLedger(await temporaryFolder(test), today);
    assert.equal(await ledger.reserve(21, 20), undefined);
    assert.equal(await ledger.spentToday(), 0);
    assert.notEqual(await ledger.reserve(20, 20), undefined);
  });

  it("keeps its file to the user alone", async (test) => {
    const folder = await temporaryFolder(test);
    await new DayLedger(folder, today).reserve(1, 20);
    // Windows knows no modes: the profile's folder is what keeps others out.
    const expected = process.platform === "win32" ? 0o666 : 0o600;
    assert.equal((await stat(join(folder, "spend-2026-11-21.jsonl"))).mode & 0o777, expected);
  });

  it("survives a line that a killed process left unfinished", async (test) => {
    const folder = await temporaryFolder(test);
    const ledger = new DayLedger(folder, today);
    await ledger.reserve(2, 20);
    await appendFile(join(folder, "spend-2026-11-21.jsonl"), '\n{"id":"x","doll');
    await ledger.reserve(3, 20);
    assert.equal(await ledger.spentToday(), 5);
  });

  it("begins anew each day; what was reserved yesterday is settled there", async (test) => {
    const folder = await temporaryFolder(test);
    let day = "2026-11-21";
    const ledger = new DayLedger(folder, () => day);
    const id = (await ledger.reserve(4, 20)) ?? "";
    day = "2026-11-22";
    assert.equal(await ledger.spentToday(), 0);
    await ledger.settle(id, 1);
    assert.equal(await ledger.spentToday(), 0);
    day = "2026-11-21";
    assert.equal(await ledger.spentToday(), 1);
  });

  it("forgets earlier days and nothing else", async (test) => {
    const folder = await temporaryFolder(test);
    for (const name of ["spend-2026-11-20.jsonl", "spend-2026-11-21.jsonl", "spend-2026-11-22.jsonl", "other"]) {
      await writeFile(join(folder, name), "");
    }
    await new DayLedger(folder, today).forgetEarlierDays();
    assert.deepEqual((await readdir(folder)).sort(), ["other", "spend-2026-11-21.jsonl", "spend-2026-11-22.jsonl"]);
    await new DayLedger(join(folder, "absent"), today).forgetEarlierDays();
  });

  it("throws where it cannot write, so that nothing is sent", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "spend-2026-11-21.jsonl"));
    await assert.rejects(new DayLedger(folder, today).reserve(1, 20), SpendLedgerUnavailable);
    await writeFile(join(folder, "file"), "");
    await assert.rejects(new DayLedger(join(folder, "file"), today).reserve(1, 20), SpendLedgerUnavailable);
  });
});

describe("localDay", () => {
  it("is the date of the user's own clock", () => {
    assert.equal(localDay(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
  });
});
