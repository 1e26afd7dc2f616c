import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResults } from "../checklists/run-numbered-tests.mjs";
import { childEnvironment, nodeExecutable, repositoryRoot } from "../paths.mjs";
import { runToEnd } from "../processes.mjs";

/** @typedef {import("../result-reporter.mjs").TestResult} TestResult */
/** @typedef {import("./run-parts.mjs").PartResult & { readonly results: readonly TestResult[] }} TestPartResult */

/**
 * Runs the `*.test.ts` of folders with node:test, each file in a process of its own.
 * @param {readonly string[]} folders relative to the repository
 * @param {{ readonly timeoutSeconds: number, readonly concurrency: number }} options `timeoutSeconds` is the most for one file
 * @returns {Promise<TestPartResult>}
 */
export function nodeTestPart(folders, { timeoutSeconds, concurrency }) {
  const parameters = [`--test-concurrency=${concurrency}`, `--test-timeout=${timeoutSeconds * 1000}`];
  return runFiles(folders.flatMap(testFiles), parameters);
}

/**
 * Runs such files one after another.
 * @param {readonly string[]} files
 * @param {{ readonly timeoutSeconds: number, readonly environment?: Readonly<Record<string, string>> }} options
 * @returns {Promise<TestPartResult>}
 */
export function filesAlone(files, { timeoutSeconds, environment }) {
  return runFiles(files, ["--test-concurrency=1", `--test-timeout=${timeoutSeconds * 1000}`], environment);
}

/**
 * Runs the `*.test.ts` of a folder with node:test in a few processes, whose files share what takes long to load or to start.
 * @param {string} folder relative to the repository
 * @param {{ readonly timeoutSeconds: number, readonly processes: number, readonly environment?: Readonly<Record<string, string>> }} options
 *   `timeoutSeconds` is the most for one test
 * @returns {Promise<TestPartResult>}
 */
export async function sharedProcessPart(folder, { timeoutSeconds, processes, environment = {} }) {
  const files = testFiles(folder);
  const parameters = ["--test-isolation=none", `--test-timeout=${timeoutSeconds * 1000}`];
  const parts = await Promise.all(
    Array.from({ length: processes }, (_, share) =>
      runFiles(
        files.filter((_file, index) => index % processes === share),
        parameters,
        environment,
      ),
    ),
  );
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ count) =>
    parts.reduce((total, part) => total + part[count], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    text: parts.map(({ text }) => text).join(""),
    results: parts.flatMap(({ results }) => results),
  };
}

/**
 * @param {readonly string[]} files
 * @param {readonly string[]} parameters of `node --test`
 * @param {Readonly<Record<string, string>>} [environment]
 * @returns {Promise<TestPartResult>}
 */
async function runFiles(files, parameters, environment = {}) {
  const temporary = mkdtempSync(join(tmpdir(), "outcrop-counts-"));
  const countsFile = join(temporary, "counts.json");
  const resultFile = join(temporary, "results.jsonl");
  const reporters = [
    ...["--test-reporter=./scripts/test-reporter.mjs", "--test-reporter-destination=stdout"],
    ...["--test-reporter=./scripts/result-reporter.mjs", `--test-reporter-destination=${resultFile}`],
  ];
  try {
    const { code } = await runToEnd(nodeExecutable(), ["--test", ...parameters, ...reporters, ...files], {
      cwd: repositoryRoot,
      env: childEnvironment({ OUTCROP_TEST_COUNTS: countsFile, AWS_EC2_METADATA_DISABLED: "true", ...environment }),
      onOutput: (text) => process.stdout.write(text),
    });
    /** @type {import("../test-reporter.mjs").Counts} */
    const counts = JSON.parse(readFileSync(countsFile, "utf8"));
    const results = readResults(resultFile);
    if (code !== 0 && counts.failed === 0)
      return { ...counts, failed: 1, text: `  ✗ node --test ended with exit code ${code}\n`, results };
    return { ...counts, text: "", results };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {readonly string[]} */
function testFiles(folder) {
  const files = readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
  if (files.length === 0) throw new Error(`${folder} has no *.test.ts`);
  return files;
}
