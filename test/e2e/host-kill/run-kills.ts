import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..", "..", "..");
const journalKills = "200";
const usage = `Usage: npm run kills [-- --only host|journal] [--seed N]

Kills the extension host of a real VS Code at every point of a turn, and ${journalKills} times a process at a random byte of what it
writes of a session's journal; looks at what is left each time. npm test plays the points that differ most, and 40 bytes.

  --only host|journal   one of both
  --seed N              of the bytes (default: from the clock)`;

function main(): number {
  const { values } = parseArgs({
    options: { only: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const { only, seed = String(Date.now() % 2 ** 31) } = values;
  const journal = () =>
    run("test/kill/journal-kill/journal-kill.test.ts", {
      OUTCROP_JOURNAL_KILLS: journalKills,
      OUTCROP_JOURNAL_SEED: seed,
    });
  const host = () =>
    spawnSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" }).status === 0 &&
    run("test/e2e/host-kill/host-kill.test.ts", { OUTCROP_KILL_POINTS: "all" });
  const passed = [...(only === "host" ? [] : [journal()]), ...(only === "journal" ? [] : [host()])];
  return passed.every(Boolean) ? 0 : 1;
}

function run(file: string, environment: Readonly<Record<string, string>>): boolean {
  const tests = ["--test", "--test-timeout=1800000", file];
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, tests, { cwd: root, stdio: "inherit", env }).status === 0;
}

process.exitCode = main();
