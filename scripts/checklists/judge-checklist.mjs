import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { StageError } from "../stages.mjs";
import { judgeLines, strayTests } from "./judge-lines.mjs";
import { describeCounts, renderLines } from "./render-lines.mjs";

/** @typedef {import("./checklists.mjs").Checklist} Checklist */
/** @typedef {import("../result-reporter.mjs").TestResult} TestResult */

/**
 * What the results come to: the text of the document, a sentence, and what is not settled: what fails and, where the checklist is
 * to be complete, what is open.
 * @param {Checklist} checklist
 * @param {readonly TestResult[]} results
 * @returns {{ readonly text: string, readonly counts: string, readonly unsettled: readonly string[] }}
 */
export function judgeChecklist(checklist, results) {
  /** @type {readonly import("./judge-lines.mjs").ChecklistLine[]} */
  const lines = JSON.parse(readFileSync(join(repositoryRoot, checklist.file), "utf8"));
  const stray = strayTests(checklist, lines, results);
  if (stray.length > 0)
    throw new StageError(`Tests named after ${checklist.lines} that there are not:\n${stray.join("\n")}`);
  const states = judgeLines(checklist, lines, results);
  return {
    text: renderLines(checklist, states),
    counts: describeCounts(checklist, states),
    unsettled: states
      .filter(({ kind }) => kind === "fails" || kind === "open")
      .map(({ line, kind }) => `${checklist.id(line)} ${kind}: ${line.text}`),
  };
}

/** @param {Checklist} checklist @param {string} text */
export function writeDocument({ document }, text) {
  writeFileSync(join(repositoryRoot, document), text);
}

/** @param {Checklist} checklist @param {string} text @returns {boolean} whether the document in the tree is another one */
export function isStale({ document }, text) {
  const file = join(repositoryRoot, document);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
}
