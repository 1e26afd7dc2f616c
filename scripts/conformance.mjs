import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeLines, strayTests } from "./conformance/judge-lines.mjs";
import { describeCounts, renderLines } from "./conformance/render-lines.mjs";
import { childEnvironment, nodeExecutable, repositoryRoot } from "./paths.mjs";
import { endChildrenOnSignals, runToEnd } from "./processes.mjs";
import { runMain, StageError, say } from "./stages.mjs";

/** @typedef {import("./conformance-reporter.mjs").TestResult} TestResult */

const checklistFile = join(repositoryRoot, "test", "wire", "conformance", "checklist.json");
const documentFile = join(repositoryRoot, "docs", "conformance.md");
/** Folders whose tests run under plain Node. */
const runnable = ["unit", "wire", "faults", "fuzz", "kill"];
/** Folders whose tests need an editor: `npm test` runs them, here their names count. */
const inEditor = ["host", "e2e"];
const numberedName = /["'`](B\d\.\d+[\s,][^"'`]*)["'`]/g;

const usage = `npm run conformance [-- --check]

Runs the tests that are named after lines of the checklist and writes docs/conformance.md.

  --check   writes nothing; fails where a line is open, a test fails or the file is not what would be written`;

await runMain(async () => {
  const parameters = process.argv.slice(2);
  if (parameters.includes("--help")) {
    say(usage);
    return 0;
  }
  const unknown = parameters.filter((parameter) => parameter !== "--check");
  if (unknown.length > 0) throw new StageError(`No such option: ${unknown.join(" ")}\n\n${usage}`);
  endChildrenOnSignals();
  const results = [...(await runNumberedTests()), ...namesInEditor()];
  /** @type {readonly import("./conformance/judge-lines.mjs").ChecklistLine[]} */
  const lines = JSON.parse(readFileSync(checklistFile, "utf8"));
  const stray = strayTests(lines, results);
  if (stray.length > 0) throw new StageError(`Tests named after lines that there are not:\n${stray.join("\n")}`);
  const states = judgeLines(lines, results);
  say(describeCounts(states));
  return parameters.includes("--check") ? check(states) : write(states);
});

/** @param {readonly import("./conformance/judge-lines.mjs").LineState[]} states @returns {number} exit code */
function write(states) {
  writeFileSync(documentFile, renderLines(states));
  say("docs/conformance.md is written.");
  return states.some(({ kind }) => kind === "fails") ? 1 : 0;
}

/** @param {readonly import("./conformance/judge-lines.mjs").LineState[]} states @returns {number} exit code */
function check(states) {
  const unsettled = states.filter(({ kind }) => kind === "open" || kind === "fails");
  for (const { line, kind } of unsettled) say(`  ✗ ${line.section}.${line.number} ${kind}: ${line.text}`);
  const stale = !existsSync(documentFile) || readFileSync(documentFile, "utf8") !== renderLines(states);
  if (stale) say("  ✗ docs/conformance.md is not up to date: npm run conformance");
  return unsettled.length > 0 || stale ? 1 : 0;
}

/** Only files with a numbered name in them, for the others show nothing. @returns {Promise<readonly TestResult[]>} */
async function runNumberedTests() {
  const files = testFiles(runnable).filter((file) => readFileSync(file, "utf8").match(/B\d\.\d+[\s,]/) !== null);
  if (files.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "outcrop-conformance-"));
  const resultFile = join(folder, "results.jsonl");
  try {
    const reporters = [
      ["--test-reporter=./scripts/test-reporter.mjs", "--test-reporter-destination=stdout"],
      ["--test-reporter=./scripts/conformance-reporter.mjs", `--test-reporter-destination=${resultFile}`],
    ];
    await runToEnd(nodeExecutable(), ["--test", "--test-concurrency=2", ...reporters.flat(), ...files], {
      cwd: repositoryRoot,
      env: childEnvironment({ AWS_EC2_METADATA_DISABLED: "true" }),
      onOutput: (text) => process.stdout.write(text),
    });
    return readFileSync(resultFile, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {readonly TestResult[]} */
function namesInEditor() {
  return testFiles(inEditor).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(numberedName)].map(([, name = ""]) => ({
      name,
      suites: [],
      file,
      passed: true,
    })),
  );
}

/** @param {readonly string[]} folders @returns {readonly string[]} absolute paths */
function testFiles(folders) {
  return folders
    .map((name) => join(repositoryRoot, "test", name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".test.ts"))
        .sort()
        .map((name) => join(folder, name)),
    );
}
