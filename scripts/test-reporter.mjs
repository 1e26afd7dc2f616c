import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { inspect } from "node:util";
import { repositoryRoot } from "./paths.mjs";

const slowMilliseconds = 1000;

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * A reporter for node:test that says little of what passes and everything of what fails. Writes the counts of tests (suites
 * not counted) as JSON to the file that `OUTCROP_TEST_COUNTS` names.
 * @param {AsyncIterable<import("node:test/reporters").TestEvent>} events
 * @returns {AsyncGenerator<string>}
 */
export default async function* reportTests(events) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of events) {
    switch (event.type) {
      case "test:pass": {
        if (event.data.details.type === "suite") break;
        const skipped = event.data.skip !== undefined && event.data.skip !== false;
        counts[skipped ? "skipped" : "passed"] += 1;
        if (skipped) yield `  - ${event.data.name} (skipped)\n`;
        else if (event.data.details.duration_ms > slowMilliseconds)
          yield `  ✓ ${event.data.name} (${duration(event.data)})\n`;
        break;
      }
      case "test:fail": {
        if (isFailureOfChildren(event.data)) break;
        counts.failed += 1;
        yield describeFailure(event.data);
        break;
      }
      case "test:stderr":
      case "test:stdout":
        yield event.data.message;
        break;
    }
  }
  const file = process.env["OUTCROP_TEST_COUNTS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}

/** @typedef {Extract<import("node:test/reporters").TestEvent, { type: "test:fail" }>["data"]} Failure */

/** A suite or file is said to fail when one of its tests did, which has been counted. @param {Failure} failure */
function isFailureOfChildren({ details: { error } }) {
  return "failureType" in error && error.failureType === "subtestsFailed";
}

/** @param {Failure} failure */
function describeFailure(failure) {
  const place = failure.file === undefined ? "" : ` (${relative(repositoryRoot, failure.file)}:${failure.line ?? 1})`;
  const reason = describeReason(failure, { colors: process.stdout.isTTY === true });
  return `  ✗ ${failure.name}${place} (${duration(failure)})\n${reason.replaceAll(/^/gm, "      ")}\n`;
}

/** @param {Failure} failure @param {{ readonly colors?: boolean }} [options] @returns {string} the error with what it was caused by and its properties */
export function describeReason({ details: { error } }, { colors = false } = {}) {
  return inspect(error.cause ?? error, { colors, depth: 8 });
}

/** @param {{ readonly details: { readonly duration_ms: number } }} data */
function duration({ details }) {
  return `${(details.duration_ms / 1000).toFixed(1)} s`;
}
