import { DayLedger } from "../../src/policy/budgets/day-ledger.ts";

/** Another window: reserves one dollar as often as it is told and prints how often it could. */
const [folder = "", times = "", cap = ""] = process.argv.slice(2);
const ledger = new DayLedger(folder, () => "2026-11-21");
let reserved = 0;
for (let index = 0; index < Number(times); index++) {
  if ((await ledger.reserve(1, Number(cap))) !== undefined) reserved++;
}
process.stdout.write(`${reserved}\n`);
