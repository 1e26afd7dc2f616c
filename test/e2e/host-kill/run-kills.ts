import { spawnSync } from "node:child_process";
import { join } from "node:path";

const usage = `Usage: npm run kills

Kills the extension host of a real VS Code at every point of a turn, and looks at what is left each time. npm test plays
the points that differ most.`;

if (process.argv.includes("--help")) {
  process.stdout.write(`${usage}\n`);
} else {
  const root = join(import.meta.dirname, "..", "..", "..");
  const build = spawnSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" });
  const tests = ["--test", "--test-timeout=1800000", "test/e2e/host-kill/host-kill.test.ts"];
  const env = { ...process.env, OUTCROP_KILL_POINTS: "all" };
  process.exitCode =
    build.status === 0 ? (spawnSync(process.execPath, tests, { cwd: root, stdio: "inherit", env }).status ?? 1) : 1;
}
