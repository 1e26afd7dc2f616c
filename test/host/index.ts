import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as runFiles } from "node:test";

interface HostTestResult {
  readonly name: string;
  /** Relative to this folder: the suite that `scripts/build-tests.mjs` puts around each file's tests. */
  readonly file: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  readonly error?: string;
}

/**
 * Runs the bundled host tests beside this file in the extension host itself; VS Code calls this through `extensionTestsPath`.
 * Writes the results so far as JSON to the file that `OUTCROP_TEST_RESULT` names, after every test. Rejects when a test failed or none ran.
 */
export async function run(): Promise<void> {
  const results: HostTestResult[] = [];
  const file = process.env["OUTCROP_TEST_RESULT"];
  for await (const result of runTests()) {
    results.push(result);
    if (file !== undefined) writeFileSync(file, JSON.stringify(results, undefined, 2));
  }
  const failed = results.filter(({ outcome }) => outcome === "failed");
  if (failed.length > 0) throw new Error(`${failed.length} of ${results.length} host tests failed`);
  if (results.length === 0) throw new Error("no host test ran");
}

async function* runTests(): AsyncGenerator<HostTestResult> {
  let file = "";
  for await (const event of runFiles({ files: [join(__dirname, "all-tests.cjs")], isolation: "none" })) {
    if (event.type === "test:start" && event.data.nesting === 1) file = event.data.name;
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const { name, nesting, details, skip } = event.data;
    if (details.type !== "suite") {
      const result = { name, file, milliseconds: details.duration_ms };
      if (event.type === "test:fail") yield { ...result, outcome: "failed", error: describe(event.data.details.error) };
      else yield { ...result, outcome: skip ? "skipped" : "passed" };
    }
    // The stream itself ends with the process, so the end of the one suite around all tests is what counts.
    if (nesting === 0) return;
  }
}

function describe(error: Error): string {
  const cause = error.cause;
  return cause instanceof Error ? (cause.stack ?? cause.message) : error.message;
}
