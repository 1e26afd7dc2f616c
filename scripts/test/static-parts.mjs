import { join } from "node:path";
import { childEnvironment, nodeExecutable, repositoryRoot } from "../paths.mjs";
import { runToEnd } from "../processes.mjs";
import { proveLayers } from "../prove-layers.mjs";

/** @typedef {import("./run-parts.mjs").PartResult} PartResult */

const tools = {
  tsc: "typescript/bin/tsc",
  depcruise: "dependency-cruiser/bin/dependency-cruise.mjs",
  biome: "@biomejs/biome/bin/biome",
  eslint: "eslint/bin/eslint.js",
  knip: "knip/bin/knip.js",
};

/** The three TypeScript projects, a test each. @returns {Promise<PartResult>} */
export async function typesPart() {
  return sum(
    await Promise.all([".", "webview", "test"].map((project) => runTool("tsc", ["--pretty", "false", "-p", project]))),
  );
}

/** The layer rules hold, and each of them rejects what it is there for. @returns {Promise<PartResult>} */
export async function layersPart() {
  const rules = ["--config", "scripts/dependency-cruiser.cjs", "--output-type", "err"];
  const [tree, proofs] = await Promise.all([
    runTool("depcruise", [...rules, "src", "webview", "test", "scripts"]),
    proveLayers(),
  ]);
  return sum([tree, ...proofs.map(({ name, rejected }) => asResult(rejected, `${name}: it does not`))]);
}

/** Biome, and the three rules of ESLint that need types. @returns {Promise<PartResult>} */
export async function lintPart() {
  return sum([
    await runTool("biome", ["check", "--max-diagnostics=100", "."]),
    await runTool("eslint", ["--config", "scripts/eslint.config.mjs", "src", "webview", "test", "scripts"]),
  ]);
}

/** Unused files, exports and packages. @returns {Promise<PartResult>} */
export function unusedPart() {
  return runTool("knip", ["--config", "scripts/knip.json", "--no-progress"]);
}

/**
 * @param {keyof typeof tools} tool
 * @param {readonly string[]} parameters
 * @returns {Promise<PartResult>} one test: it passes where the tool finds nothing
 */
async function runTool(tool, parameters) {
  const script = join(repositoryRoot, "node_modules", tools[tool]);
  const { code, output } = await runToEnd(nodeExecutable(), [script, ...parameters], {
    cwd: repositoryRoot,
    env: childEnvironment(),
  });
  return asResult(code === 0, `${tool} ${parameters.join(" ")}\n${output.trimEnd()}`);
}

/** @param {boolean} passed @param {string} text @returns {PartResult} */
function asResult(passed, text) {
  return passed
    ? { passed: 1, failed: 0, skipped: 0, text: "" }
    : { passed: 0, failed: 1, skipped: 0, text: `  ✗ ${text}\n` };
}

/** @param {readonly PartResult[]} results @returns {PartResult} */
function sum(results) {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
    skipped: results.reduce((total, { skipped }) => total + skipped, 0),
    text: results.map(({ text }) => text).join(""),
  };
}
