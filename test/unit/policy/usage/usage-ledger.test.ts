import assert from "node:assert/strict";
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { UsageLedger, type UsageLedgerOptions } from "../../../../src/policy/usage/usage-ledger.ts";
import type { UsageRecord } from "../../../../src/policy/usage/usage-record.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const call: Omit<UsageRecord, "time" | "day"> = {
  ...{ session: "s1", model: "m", region: "eu-west-1", host: null, profile: null },
  usage: { inputTokens: 10, outputTokens: 2, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
  ...{ cost: 0.01, saved: 0, prices: "price table of 2026-11-21" },
};
const noon = new Date(2026, 10, 21, 12);

function open(folder: string, options: Partial<UsageLedgerOptions> = {}) {
  const reports: unknown[] = [];
  const ledger = new UsageLedger({ folder, report: (error) => reports.push(error), now: () => noon, ...options });
  return { ledger, reports };
}

describe("UsageLedger", () => {
  it("keeps a line a call, for its owner alone, with the time and the local day", async (test) => {
    const folder = join(await temporaryFolder(test), "usage");
    const { ledger } = open(folder);
    ledger.append(call);
    ledger.append({ ...call, usage: null, cost: null, saved: null });
    const first = { time: noon.toISOString(), day: "2026-11-21", ...call };
    assert.deepEqual(await ledger.read(), [first, { ...first, usage: null, cost: null, saved: null }]);
    if (process.platform === "win32") return;
    const modes = [folder, join(folder, "usage-2026-11-21.jsonl")].map(async (path) => (await stat(path)).mode & 0o777);
    assert.deepEqual(await Promise.all(modes), [0o700, 0o600]);
  });

  it("takes lines of several windows, and goes on behind one that a killed process left unfinished", async (test) => {
    const folder = await temporaryFolder(test);
    const [one, other] = [open(folder).ledger, open(folder).ledger];
    await appendFile(join(folder, "usage-2026-11-21.jsonl"), '{"time":"2026-11-21T');
    for (let index = 0; index < 20; index++) {
      one.append({ ...call, session: "one" });
      other.append({ ...call, session: "other" });
    }
    await other.settled();
    const sessions = (await one.read()).map(({ session }) => session);
    assert.equal(sessions.filter((session) => session === "one").length, 20);
    assert.equal(sessions.filter((session) => session === "other").length, 20);
  });

  it("skips lines that are none of its own", async (test) => {
    const folder = await temporaryFolder(test);
    const { ledger } = open(folder);
    const strange = ["null", "[]", "{}", '{"cost":0}', JSON.stringify({ ...call, time: "t", day: "yesterday" })];
    await writeFile(join(folder, "usage-2026-11-20.jsonl"), strange.join("\n"));
    await writeFile(join(folder, "usage-x.jsonl"), "x");
    ledger.append(call);
    assert.equal((await ledger.read()).length, 1);
  });

  it("reads from a day on, oldest first, and nothing where nothing was counted", async (test) => {
    const folder = join(await temporaryFolder(test), "usage");
    assert.deepEqual(await open(folder).ledger.read(), []);
    for (const date of [21, 19, 20]) {
      const { ledger } = open(folder, { now: () => new Date(2026, 10, date, 12) });
      ledger.append(call);
      await ledger.settled();
    }
    const days = async (since?: string) => (await open(folder).ledger.read(since)).map(({ day }) => day);
    assert.deepEqual(await days(), ["2026-11-19", "2026-11-20", "2026-11-21"]);
    assert.deepEqual(await days("2026-11-20"), ["2026-11-20", "2026-11-21"]);
  });

  it("lets the oldest days go: those beyond the number that is kept, and beyond the size", async (test) => {
    const folder = await temporaryFolder(test);
    const write = (day: string, bytes: number): Promise<void> =>
      writeFile(join(folder, `usage-${day}.jsonl`), "x".repeat(bytes));
    await write("2025-01-01", 1);
    await write("2026-11-18", 900);
    await write("2026-11-19", 900);
    await write("2026-11-20", 900);
    const { ledger } = open(folder, { bytes: 2_400 });
    ledger.append(call);
    await ledger.settled();
    assert.deepEqual((await readdir(folder)).toSorted(), [
      "usage-2026-11-19.jsonl",
      "usage-2026-11-20.jsonl",
      "usage-2026-11-21.jsonl",
    ]);
    const few = open(folder, { days: 1 }).ledger;
    few.append(call);
    await few.settled();
    assert.deepEqual((await readdir(folder)).toSorted(), ["usage-2026-11-20.jsonl", "usage-2026-11-21.jsonl"]);
  });

  it("reports once that it cannot write, and says no more", async (test) => {
    const folder = join(await temporaryFolder(test), "file");
    await writeFile(folder, "");
    const { ledger, reports } = open(folder);
    ledger.append(call);
    ledger.append(call);
    await ledger.settled();
    assert.equal(reports.length, 1);
    assert.match(String(reports[0]), /What model calls use cannot be written down/);
  });

  it("keeps no text of a chat: a record has these fields and no others", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(folder, { recursive: true });
    const { ledger } = open(folder);
    ledger.append(call);
    await ledger.settled();
    const line = (await readFile(join(folder, "usage-2026-11-21.jsonl"), "utf8")).trim();
    const names = ["time", "day", "session", "model", "region", "host", "profile", "usage", "cost", "saved", "prices"];
    assert.deepEqual(Object.keys(JSON.parse(line)), names);
  });
});
