import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildHostTests, hostTestFolder, wantedHostTests } from "../build-tests.mjs";
import { childEnvironment, repositoryRoot } from "../paths.mjs";
import { onInterruption } from "../processes.mjs";
import { say } from "../stages.mjs";
import { resolveExecutable } from "../vscode/resolve-executable.mjs";
import { prepareSampleWorkspace } from "../workspace.mjs";
import { withSecondTry } from "./second-try.mjs";

/**
 * `file` is relative to the folder of the host tests.
 * @typedef {{ readonly name: string, readonly file: string, readonly outcome: "passed" | "failed" | "skipped", readonly error?: string }} HostTestResult
 */

/**
 * Runs the host tests in a real extension host on a fresh copy of the sample workspace.
 * @returns {Promise<import("./run-parts.mjs").PartResult>}
 */
export async function hostPart() {
  const first = await runHostTests(wantedHostTests());
  return withSecondTry(first, (files) => runHostTests(files.map((file) => relative(hostTestFolder, file))));
}

/** @param {readonly string[]} names of files in the folder of the host tests @returns {Promise<import("./run-parts.mjs").PartResult>} */
async function runHostTests(names) {
  const { runTests } = await import("@vscode/test-electron");
  const folder = mkdtempSync(join(tmpdir(), "outcrop-host-"));
  onInterruption(() => rmSync(folder, { recursive: true, force: true }));
  const resultFile = join(folder, "result.json");
  try {
    const runner = await buildHostTests(names);
    const workspace = await prepareSampleWorkspace(join(folder, "parcel-notifier"));
    const { executable, description } = await resolveExecutable();
    say(`   ${description}`);
    const failure = await runTests({
      vscodeExecutablePath: executable,
      // The other one brings tools of its own.
      extensionDevelopmentPath: [repositoryRoot, join(repositoryRoot, "test", "fixtures", "neighbour-extension")],
      extensionTestsPath: runner,
      launchArgs: [workspace.folder, ...profileArguments(folder)],
      extensionTestsEnv: { ...hostEnvironment(folder), OUTCROP_TEST_RESULT: resultFile },
    }).then(() => undefined, String);
    return readResult(resultFile, failure);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} folder @returns {readonly string[]} */
function profileArguments(folder) {
  return [`--user-data-dir=${join(folder, "user-data")}`, `--extensions-dir=${join(folder, "extensions")}`];
}

/** No credentials of the person whose machine this is. @param {string} folder @returns {NodeJS.ProcessEnv} */
function hostEnvironment(folder) {
  const credentials = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  return {
    ...childEnvironment({ OUTCROP_CHILD: "host-tests" }),
    ...Object.fromEntries(credentials.map((name) => [name, undefined])),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(folder, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-aws-credentials"),
  };
}

/** @param {string} file @param {string | undefined} failure @returns {import("./run-parts.mjs").PartResult} */
function readResult(file, failure) {
  if (!existsSync(file)) throw new Error(`No host test ended. ${failure ?? ""}`);
  /** @type {readonly HostTestResult[]} */
  const results = JSON.parse(readFileSync(file, "utf8"));
  const count = (/** @type {string} */ outcome) => results.filter((result) => result.outcome === outcome).length;
  const failed = results.filter(({ outcome }) => outcome === "failed");
  const counts = { passed: count("passed"), failed: failed.length, skipped: count("skipped") };
  const tests = results
    .filter(({ outcome }) => outcome !== "skipped")
    .map(({ name, file, outcome, error }) => ({
      name,
      suites: [],
      file: join(hostTestFolder, file),
      passed: outcome === "passed",
      ...(error === undefined ? {} : { failure: error }),
    }));
  if (failure !== undefined && failed.length === 0) {
    return { ...counts, failed: 1, text: `  ✗ ${failure}`, results: tests };
  }
  const text = failed.map(({ name, error }) => `  ✗ ${name}\n${(error ?? "").replaceAll(/^/gm, "      ")}\n`);
  return { ...counts, text: text.join(""), results: tests };
}
