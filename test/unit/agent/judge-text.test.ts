import assert from "node:assert/strict";
import { it } from "node:test";
import { reportAssessments } from "../../../src/agent/guardrail-intervention.ts";
import { judgeText, type TextGuard } from "../../../src/agent/judge-text.ts";

const reasoned = { automatedReasoningPolicy: { findings: [{ invalid: {} }] } };
const masked = {
  sensitiveInformationPolicy: { piiEntities: [{ type: "EMAIL", match: "a@b.c", action: "ANONYMIZED" }] },
};

it("a text that automated reasoning alone speaks of is left as it is, beside one that is masked", async () => {
  const notices: string[] = [];
  const guard: TextGuard = {
    judge: async () => [
      { text: "20 days.\n", intervention: { output: "", assessments: [reasoned] } },
      { text: "a@b.c", intervention: { output: "{EMAIL}", assessments: [masked, reasoned] } },
    ],
    report: reportAssessments,
    notify: (text) => notices.push(text),
  };
  const signal = new AbortController().signal;
  assert.equal(await judgeText("20 days.\na@b.c", "look", guard, signal), "20 days.\n{EMAIL}");
  assert.deepEqual(notices, ["The guardrail masked parts of a result of look."]);
});
