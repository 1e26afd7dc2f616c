import { relative } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { say } from "../stages.mjs";

/** @typedef {import("./run-parts.mjs").PartResult} PartResult */

/** More files than this that fail are no accident of the machine. */
const mostUnsteadyFiles = 3;

/** fast-check's word for input that it made up: that a property does not hold for it is found, however seldom. */
const counterexample = /^Counterexample: /m;

/**
 * Each file with a failed test is run once more, with nothing beside it, and its failure is told of as unsteady where every test
 * of it passes then. Why, and for which parts: docs/decisions/0015-unsteady-tests.md.
 * @param {PartResult} first what the whole part came to
 * @param {(files: readonly string[]) => Promise<PartResult>} runAlone takes absolute paths
 * @returns {Promise<PartResult>}
 */
export async function withSecondTry(first, runAlone) {
  const { results = [] } = first;
  const failed = results.filter(({ passed }) => !passed);
  const files = [...new Set(failed.map(({ file }) => file))];
  if (files.length === 0 || files.length > mostUnsteadyFiles) return first;
  // What failed beside the tests, such as an editor that ended, is no test that could pass.
  if (first.failed !== failed.length || failed.some(({ failure = "" }) => counterexample.test(failure))) return first;
  if (first.text !== "") say(first.text.trimEnd());
  say(`   once more, alone: ${files.map((file) => relative(repositoryRoot, file)).join(" ")}`);
  const second = await runAlone(files);
  const all = [...results.filter(({ file }) => !files.includes(file)), ...(second.results ?? [])];
  // What fails again, or before its tests begin, has failed; so has what is not there any more.
  if (second.failed > 0 || all.length !== results.length) return { ...first, text: "" };
  const unsteady = failed.map(({ name, file }) => `${name} (${relative(repositoryRoot, file)})`);
  return { passed: all.length, failed: 0, skipped: first.skipped, text: "", results: all, unsteady };
}
