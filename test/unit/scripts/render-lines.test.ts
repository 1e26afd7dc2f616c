import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { conformance, conventions } from "../../../scripts/checklists/checklists.mjs";
import { judgeLines } from "../../../scripts/checklists/judge-lines.mjs";
import { describeCounts, renderLines } from "../../../scripts/checklists/render-lines.mjs";
import { repositoryRoot } from "../../../scripts/paths.mjs";
import { documentsPart } from "../../../scripts/test/documents-part.mjs";

const shownIn = (file: string) => ({ name: "UX2 holds", suites: [], file: join(repositoryRoot, file), passed: true });

describe("the document of a checklist", () => {
  it("has a bold number where a line is, and says of a plain one without a test that it is not built", () => {
    const lines = [
      { section: "A", number: 1, text: "One.", weight: "bold" as const },
      { section: "A", number: 2, text: "Two.", weight: "bold" as const },
      { section: "B", number: 3, text: "Three.", weight: "plain" as const },
    ];
    const states = judgeLines(conventions, lines, [shownIn("test/panel/b.test.ts"), shownIn("test/panel/a.test.ts")]);
    const counts = "1 of 3 conventions shown, 1 plain and not built, 1 open.";
    assert.equal(describeCounts(conventions, states), counts);
    assert.equal(
      renderLines(conventions, states),
      `# Conventions of the panel

${conventions.introduction}

${counts}

## A Place and life

| line | what has to hold | state |
| --- | --- | --- |
| **UX1** | One. | **OPEN**: no test is named after it |
| **UX2** | Two. | shown: \`test/panel/a.test.ts\`, \`test/panel/b.test.ts\` |

## B Composer

| line | what has to hold | state |
| --- | --- | --- |
| UX3 | Three. | plain and not built |
`,
    );
  });

  it("counts what is not applicable where lines have no weight", () => {
    const lines = [{ section: "B1", number: 1, text: "One.", notApplicable: "because" }];
    assert.equal(
      describeCounts(conformance, judgeLines(conformance, lines, [])),
      "0 of 1 lines shown, 1 not applicable, 0 open.",
    );
  });
});

describe("the documents of a run of all tests", () => {
  it("are stale where the tests showed something else, which fails, as an open line does", () => {
    const { passed, failed, text } = documentsPart([]);
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 3 });
    for (const line of [
      "docs/conformance.md is not up to date: npm run conformance",
      "docs/security-cases.md is not up to date: npm run test:security",
      "docs/panel-conventions.md is not up to date: npm run conventions",
      "B1.1 open: ",
      "UX13 open: ",
    ]) {
      assert.ok(text.includes(`  ✗ ${line}`), line);
    }
  });
});
