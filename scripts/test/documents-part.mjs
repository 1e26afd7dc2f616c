import { checklists } from "../checklists/checklists.mjs";
import { isStale, judgeChecklist } from "../checklists/judge-checklist.mjs";
import { isRunnable, namesInEditor } from "../checklists/run-numbered-tests.mjs";

/**
 * The documents that are made from the tests say what the tests of this run showed: a test for each.
 * @param {readonly import("../result-reporter.mjs").TestResult[]} results of every part of this run
 * @returns {import("./run-parts.mjs").PartResult}
 */
export function documentsPart(results) {
  const ran = results.filter(isRunnable);
  const failed = new Set(results.filter(({ passed }) => !passed).map(({ name }) => name));
  const problems = checklists.flatMap((checklist) => {
    const inEditor = namesInEditor(checklist).map((result) => ({ ...result, passed: !failed.has(result.name) }));
    const { text, unsettled } = judgeChecklist(checklist, [...ran, ...inEditor]);
    const stale = isStale(checklist, text)
      ? [`${checklist.document} is not up to date: npm run ${checklist.command}`]
      : [];
    return unsettled.length + stale.length === 0 ? [] : [[...unsettled, ...stale]];
  });
  return {
    passed: checklists.length - problems.length,
    failed: problems.length,
    skipped: 0,
    text: problems
      .flat()
      .map((line) => `  ✗ ${line}\n`)
      .join(""),
  };
}
