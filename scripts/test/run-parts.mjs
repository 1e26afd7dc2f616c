import { runStage, say, seconds } from "../stages.mjs";
import { installCodeServer, isCodeServerInstalled } from "../vscode/install-code-server.mjs";
import { buildPart } from "./build-part.mjs";
import { documentsPart } from "./documents-part.mjs";
import { failuresOf } from "./failures-of.mjs";
import { hostPart } from "./host-part.mjs";
import { filesAlone, nodeTestPart, sharedProcessPart } from "./node-test-part.mjs";
import { panelPart } from "./panel-part.mjs";
import { withSecondTry } from "./second-try.mjs";
import { layersPart, lintPart, typesPart, unusedPart } from "./static-parts.mjs";

/**
 * What a part came to. `text` shows what failed, and why; `results` are its tests one by one, where it has them; `unsteady`
 * those that failed first and passed when they were run again.
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number, readonly text: string,
 *   readonly results?: readonly TestResult[], readonly unsteady?: readonly string[] }} PartResult
 * @typedef {import("../result-reporter.mjs").TestResult} TestResult
 */

/** A part gets the tests of the parts before it. @type {Readonly<Record<string, (before: readonly TestResult[]) => Promise<PartResult>>>} */
const parts = {
  types: typesPart,
  layers: layersPart,
  lint: lintPart,
  unused: unusedPart,
  unit: unitPart,
  wire: () => sharedPart("test/wire"),
  security: () => sharedProcessPart("test/security", { timeoutSeconds: 300, processes }),
  // Faults, generated input, long use and kills, each in its short form; their npm scripts run the long ones. A process for each
  // file, since they measure what a process keeps.
  resilience: () =>
    nodeTestPart(["test/faults", "test/fuzz", "test/soak", "test/kill"], { timeoutSeconds: 600, concurrency: 2 }),
  panel: panelPart,
  build: buildPart,
  host: hostPart,
  e2e: e2ePart,
  // Last: they say what the tests of all parts showed.
  documents: async (before) => documentsPart(before),
};

/** One more than two cores, since such tests wait as much as they work. Half of what they worked was to start and load anew for each file. */
const processes = 3;

/**
 * Runs parts one after another; the ones that need the built extension have it built before them.
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code: 1 where anything failed
 */
export async function runParts(names) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {TestResult[]} */
  const results = [];
  /** What is said again at the end, where whoever sees only that finds it. @type {string[]} */
  const atEnd = [];
  let built = true;
  for (const name of withBuild(names)) {
    const started = Date.now();
    say(`── ${name}`);
    /** @type {PartResult} */
    const result = built || !needsBuild(name) ? await runPart(name, results) : notBuilt;
    results.push(...(result.results ?? []));
    if (name === "build") built = result.passed > 0;
    if (result.text !== "") say(result.text.trimEnd());
    say(`   ${name}: ${describeCounts(result)} (${seconds(started)})`);
    atEnd.push(
      ...(result.unsteady ?? []).map((test) => `  ~ unsteady, failed once: ${test}`),
      ...failuresOf(name, result),
    );
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
  }
  for (const line of atEnd) say(line);
  say(`\n${describeCounts(total)}`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Both search engines are tested everywhere, so the npm VS Code comes first: it brings a ripgrep. @returns {Promise<PartResult>} */
async function unitPart() {
  if (!isCodeServerInstalled()) await runStage("Installing VS Code from npm", installCodeServer);
  return sharedPart("test/unit");
}

/** @param {string} folder @returns {Promise<PartResult>} */
async function sharedPart(folder) {
  const options = { timeoutSeconds: 120 };
  const first = await sharedProcessPart(folder, { ...options, processes });
  return withSecondTry(first, (files) => filesAlone(files, options));
}

/** @returns {Promise<PartResult>} */
async function e2ePart() {
  const options = { timeoutSeconds: 600 };
  const first = await nodeTestPart(["test/e2e"], { ...options, concurrency: 2 });
  return withSecondTry(first, (files) => filesAlone(files, options));
}

/** @type {PartResult} */
const notBuilt = { passed: 0, failed: 1, skipped: 0, text: "  ✗ not run: the extension did not build" };

/** @param {string} name @returns {boolean} */
function needsBuild(name) {
  return name === "host" || name === "e2e";
}

/** @param {readonly string[]} names @returns {readonly string[]} */
function withBuild(names) {
  const first = names.findIndex(needsBuild);
  return first < 0 ? names : [...names.slice(0, first), "build", ...names.slice(first)];
}

/** @param {string} name @param {readonly TestResult[]} before @returns {Promise<PartResult>} a part that breaks counts as one failed test */
async function runPart(name, before) {
  try {
    const part = parts[name];
    if (part === undefined) throw new Error(`no part is called ${name}`);
    return await part(before);
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, text: `  ✗ ${error instanceof Error ? error.stack : String(error)}` };
  }
}

/** @param {Omit<PartResult, "text">} counts @returns {string} */
function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
