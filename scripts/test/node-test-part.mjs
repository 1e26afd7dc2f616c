import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResults } from "../checklists/run-numbered-tests.mjs";
import { childEnvironment, nodeExecutable, repositoryRoot } from "../paths.mjs";
import { runToEnd } from "../processes.mjs";

/**
 * Runs the `*.test.ts` of folders with node:test, each file in a process of its own.
 * @param {readonly string[]} folders relative to the repository
 * @param {{ readonly timeoutSeconds: number, readonly concurrency: number }} options `timeoutSeconds` is the most for one file
 * @returns {Promise<import("./run-parts.mjs").PartResult & { readonly results: readonly import("../result-reporter.mjs").TestResult[] }>}
 */
export async function nodeTestPart(folders, { timeoutSeconds, concurrency }) {
  const files = folders.flatMap(testFiles);
  const temporary = mkdtempSync(join(tmpdir(), "outcrop-counts-"));
  const countsFile = join(temporary, "counts.json");
  const resultFile = join(temporary, "results.jsonl");
  try {
    const { code } = await runToEnd(
      nodeExecutable(),
      testParameters(files, { timeoutSeconds, concurrency, resultFile }),
      {
        cwd: repositoryRoot,
        env: childEnvironment({ OUTCROP_TEST_COUNTS: countsFile, AWS_EC2_METADATA_DISABLED: "true" }),
        onOutput: (text) => process.stdout.write(text),
      },
    );
    /** @type {import("../test-reporter.mjs").Counts} */
    const counts = JSON.parse(readFileSync(countsFile, "utf8"));
    const results = readResults(resultFile);
    if (code !== 0 && counts.failed === 0)
      return { ...counts, failed: 1, text: `  ✗ node --test ended with exit code ${code}`, results };
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

/**
 * @param {readonly string[]} files
 * @param {{ readonly timeoutSeconds: number, readonly concurrency: number, readonly resultFile: string }} options
 * @returns {readonly string[]}
 */
function testParameters(files, { timeoutSeconds, concurrency, resultFile }) {
  return [
    "--test",
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${timeoutSeconds * 1000}`,
    "--test-reporter=./scripts/test-reporter.mjs",
    "--test-reporter-destination=stdout",
    "--test-reporter=./scripts/result-reporter.mjs",
    `--test-reporter-destination=${resultFile}`,
    ...files,
  ];
}
