import { relative } from "node:path";
import { repositoryRoot } from "../paths.mjs";

/** The most lines of one failure. */
const mostLines = 12;

/**
 * What a part's failures come to in a few lines each, for the end of a long run: there they are found without reading it all.
 * @param {string} part its name
 * @param {import("./run-parts.mjs").PartResult} result
 * @returns {readonly string[]} a text for each failed test; of a part without tests, one with the first lines of what it said
 */
export function failuresOf(part, { failed, text, results = [] }) {
  if (failed === 0) return [];
  const tests = results
    .filter(({ passed }) => !passed)
    .map(({ name, file, failure = "" }) => [`${name} (${relative(repositoryRoot, file)})`, ...indentedLines(failure)]);
  const failures = tests.length > 0 ? tests : [["", ...text.trimEnd().split("\n")]];
  return failures.map((lines) => `  ✗ ${part}: ${lines.slice(0, mostLines).join("\n")}`);
}

/** @param {string} text @returns {readonly string[]} */
function indentedLines(text) {
  return text.split("\n").map((line) => `      ${line}`);
}
