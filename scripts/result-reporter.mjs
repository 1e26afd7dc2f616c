import { describeReason } from "./test-reporter.mjs";

/**
 * One test of a run. `suites` are the names around it, the outermost first; `failure` says why it failed, where that is known.
 * @typedef {{ readonly name: string, readonly suites: readonly string[], readonly file: string, readonly passed: boolean,
 *   readonly failure?: string }} TestResult
 */

/**
 * A reporter for node:test that writes every test as a line of JSON, for the checklists. Skipped tests show nothing and are left out.
 * @param {AsyncIterable<import("node:test/reporters").TestEvent>} events
 * @returns {AsyncGenerator<string>}
 */
export default async function* reportResults(events) {
  /** Names of the tests that have begun and not ended, per file. @type {Map<string, string[]>} */
  const open = new Map();
  for await (const event of events) {
    if (event.type === "test:start") {
      const { file = "", nesting, name } = event.data;
      const names = open.get(file) ?? [];
      open.set(file, [...names.slice(0, nesting), name]);
    } else if (event.type === "test:pass" || event.type === "test:fail") {
      const { file = "", nesting, name, details, skip } = event.data;
      if (details.type === "suite" || (skip !== undefined && skip !== false)) continue;
      const suites = (open.get(file) ?? []).slice(0, nesting);
      /** @type {TestResult} */
      const result =
        event.type === "test:pass"
          ? { name, suites, file, passed: true }
          : { name, suites, file, passed: false, failure: describeReason(event.data) };
      yield `${JSON.stringify(result)}\n`;
    }
  }
}
