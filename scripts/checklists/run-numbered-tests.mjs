import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { childEnvironment, nodeExecutable, repositoryRoot } from "../paths.mjs";
import { runToEnd } from "../processes.mjs";
import { namesInSource } from "./numbered-name.mjs";

/** @typedef {import("../result-reporter.mjs").TestResult} TestResult */

/** Folders whose tests run under plain Node. */
const runnable = ["unit", "wire", "faults", "fuzz", "kill", "security", "panel"];
/** Folders whose tests need the built extension in an editor: `npm test` runs them, here their names count. */
const inEditor = ["host", "e2e"];

/**
 * Runs the test files that have a name after an id of the checklist in them; the others show nothing.
 * @param {import("./checklists.mjs").Checklist} checklist
 * @returns {Promise<readonly TestResult[]>}
 */
export async function runNumberedTests(checklist) {
  const files = testFiles(runnable).filter((file) => namesInSource(checklist, readFileSync(file, "utf8")).length > 0);
  const ran = files.length === 0 ? [] : await runFiles(files);
  return [...ran, ...namesInEditor(checklist)];
}

/** Whether a test of this file ran under plain Node. @param {TestResult} result @returns {boolean} */
export function isRunnable({ file }) {
  return runnable.some((name) => file.startsWith(join(repositoryRoot, "test", name) + sep));
}

/** @param {readonly string[]} files @returns {Promise<readonly TestResult[]>} */
async function runFiles(files) {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-numbered-"));
  const resultFile = join(folder, "results.jsonl");
  try {
    const reporters = [
      ["--test-reporter=./scripts/test-reporter.mjs", "--test-reporter-destination=stdout"],
      ["--test-reporter=./scripts/result-reporter.mjs", `--test-reporter-destination=${resultFile}`],
    ];
    await runToEnd(nodeExecutable(), ["--test", "--test-concurrency=2", ...reporters.flat(), ...files], {
      cwd: repositoryRoot,
      env: childEnvironment({ AWS_EC2_METADATA_DISABLED: "true" }),
      onOutput: (text) => process.stdout.write(text),
    });
    return readResults(resultFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file of `result-reporter.mjs` @returns {readonly TestResult[]} */
export function readResults(file) {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** The tests of the editor, by their names alone. @param {import("./checklists.mjs").Checklist} checklist @returns {readonly TestResult[]} */
export function namesInEditor(checklist) {
  return testFiles(inEditor).flatMap((file) =>
    namesInSource(checklist, readFileSync(file, "utf8")).map((name) => ({ name, suites: [], file, passed: true })),
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
