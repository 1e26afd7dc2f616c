import { installMissing } from "./install.mjs";
import { nodeExecutable, repositoryRoot } from "./paths.mjs";
import { endChildrenOnSignals, startChild } from "./processes.mjs";
import { runMain, StageError, say } from "./stages.mjs";

const partNames = [
  "types",
  "layers",
  "lint",
  "unused",
  "unit",
  "wire",
  "security",
  "resilience",
  "panel",
  "host",
  "e2e",
  "documents",
];

const usage = `npm test [-- part…]

Runs these parts, or only the ones named: ${partNames.join(" ")}
The last line says how many tests passed and failed.`;

await runMain(async () => {
  const names = process.argv.slice(2);
  if (names.includes("--help")) {
    say(usage);
    return 0;
  }
  const unknown = names.filter((name) => !partNames.includes(name));
  if (unknown.length > 0) throw new StageError(`No such part: ${unknown.join(" ")}\n\n${usage}`);
  endChildrenOnSignals();
  await installMissing();
  if (Number.parseInt(process.versions.node, 10) < 24) return runOnInstalledNode(names);
  // Imported late: the parts use packages, which the stage before installs.
  const { runParts } = await import("./test/run-parts.mjs");
  return runParts(names.length > 0 ? names : partNames);
});

/**
 * The tests are TypeScript that Node 24 reads as it is.
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code
 */
function runOnInstalledNode(names) {
  if (nodeExecutable() === process.execPath) throw new StageError("The npm package node is not installed: run npm ci.");
  const child = startChild(nodeExecutable(), [`${repositoryRoot}/scripts/test.mjs`, ...names], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
