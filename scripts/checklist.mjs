import { checklists } from "./checklists/checklists.mjs";
import { isStale, judgeChecklist, writeDocument } from "./checklists/judge-checklist.mjs";
import { runNumberedTests } from "./checklists/run-numbered-tests.mjs";
import { endChildrenOnSignals } from "./processes.mjs";
import { runMain, StageError, say } from "./stages.mjs";

const usage = `node scripts/checklist.mjs ${checklists.map(({ name }) => name).join("|")} [--check]

Runs the tests that are named after lines of a checklist and writes the document that lists them.

  --check   writes nothing; fails where a line is open that may not be, a test fails or the document is not what would be written`;

await runMain(async () => {
  const [name, ...parameters] = process.argv.slice(2);
  if (name === "--help" || parameters.includes("--help")) {
    say(usage);
    return 0;
  }
  const checklist = checklists.find((candidate) => candidate.name === name);
  const unknown = parameters.filter((parameter) => parameter !== "--check");
  if (checklist === undefined || unknown.length > 0) throw new StageError(usage);
  endChildrenOnSignals();
  const results = await runNumberedTests(checklist);
  const { text, counts, unsettled } = judgeChecklist(checklist, results);
  for (const line of unsettled) say(`  ✗ ${line}`);
  const passed = results.filter((result) => result.passed).length;
  say(`${counts}\n${passed} passed, ${results.length - passed} failed`);
  if (parameters.includes("--check")) {
    if (isStale(checklist, text)) say(`  ✗ ${checklist.document} is not up to date: npm run ${checklist.command}`);
    return unsettled.length > 0 || isStale(checklist, text) ? 1 : 0;
  }
  writeDocument(checklist, text);
  say(`${checklist.document} is written.`);
  return passed < results.length ? 1 : 0;
});
