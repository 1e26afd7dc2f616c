import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { readIntervention, reportAssessments } from "../../../src/agent/guardrail-intervention.ts";

function saying(...texts: readonly string[]): Message {
  return { role: "assistant", content: texts.map((text) => ({ text })) };
}

function blocking(policy: object) {
  return { inputAssessment: { g1: policy } };
}

describe("readIntervention", () => {
  it("B3.48 names every policy that fired, by what it is called and by the text that matched", () => {
    const trace = {
      inputAssessment: {
        g1: {
          topicPolicy: { topics: [{ name: "Weapons", type: "DENY", action: "BLOCKED" }] },
          contentPolicy: { filters: [{ type: "VIOLENCE", confidence: "HIGH", action: "BLOCKED" }] },
          wordPolicy: {
            customWords: [{ match: "sword", action: "BLOCKED" }],
            managedWordLists: [{ match: "damn", type: "PROFANITY", action: "BLOCKED" }],
          },
        },
      },
      outputAssessments: {
        g1: [
          { sensitiveInformationPolicy: { piiEntities: [{ type: "EMAIL", match: "a@b.c", action: "BLOCKED" }] } },
          { contextualGroundingPolicy: { filters: [{ type: "GROUNDING", score: 0.1, action: "BLOCKED" }] } },
        ],
      },
    };
    assert.deepEqual(readIntervention(saying("No."), trace).report, {
      blocked: true,
      findings: [
        { side: "input", policy: "topic", name: "Weapons" },
        { side: "input", policy: "content", name: "VIOLENCE" },
        { side: "input", policy: "word", name: "sword", match: "sword" },
        { side: "input", policy: "word", name: "PROFANITY", match: "damn" },
        { side: "output", policy: "sensitive-information", name: "EMAIL", match: "a@b.c" },
        { side: "output", policy: "grounding", name: "GROUNDING" },
      ],
    });
  });

  it("keeps an answer of which parts were only masked", () => {
    const message = saying("Write to {EMAIL}.");
    const piiEntities = [{ type: "EMAIL", match: "a@b.c", action: "ANONYMIZED" }];
    const trace = { outputAssessments: { g1: [{ sensitiveInformationPolicy: { piiEntities } }] } };
    const finding = { side: "output", policy: "sensitive-information", name: "EMAIL", match: "a@b.c" };
    assert.deepEqual(readIntervention(message, trace), {
      report: { blocked: false, findings: [finding] },
      message,
      retracted: undefined,
    });
  });

  it("tells of policies that fired, not of those that only looked", () => {
    const topics = [{ name: "Weapons", type: "DENY", action: "NONE" }];
    const trace = blocking({ topicPolicy: { topics } });
    assert.deepEqual(readIntervention(saying("No."), trace).report, { blocked: true, findings: [] });
  });

  it("automated reasoning alone blocks nothing, and is named by what it found; beside another policy it says nothing", () => {
    const message = saying("The limit is 20 days.");
    const automatedReasoningPolicy = { findings: [{ invalid: { contradictingRules: [] } }, { tooComplex: {} }, 7] };
    const traceOf = (own: object) => ({ outputAssessments: { g1: [{ invocationMetrics: {}, ...own }] } });
    const findings = ["invalid", "tooComplex"].map((name) => ({ side: "output", policy: "automated-reasoning", name }));
    assert.deepEqual(readIntervention(message, traceOf({ automatedReasoningPolicy })), {
      report: { blocked: false, findings },
      message,
      retracted: undefined,
    });
    assert.equal(reportAssessments([{ automatedReasoningPolicy }])?.blocked, false);
    for (const other of [
      { newPolicy: {} },
      { topicPolicy: 7 },
      { wordPolicy: { customWords: [{ match: "x", action: "BLOCKED" }] } },
    ]) {
      const { report } = readIntervention(message, traceOf({ automatedReasoningPolicy, ...other }));
      assert.equal(report?.blocked, true);
      assert.ok(report.findings.every(({ policy }) => policy === "word"));
    }
    assert.equal(reportAssessments([{ automatedReasoningPolicy }, { newPolicy: {} }]), undefined);
  });

  it("B3.49 takes back the model's output, by the trace or by the block in which the guardrail speaks", () => {
    const own = saying("Blocked.");
    const output = {
      outputAssessments: { g1: [{ wordPolicy: { customWords: [{ match: "x", action: "BLOCKED" }] } }] },
    };
    const cases = [
      [saying("Once upon Blocked."), { modelOutput: ["Once ", "upon"], ...output }],
      [saying("Once upon", "Blocked."), output],
      [saying("Once upon", "Blocked."), undefined],
    ] as const;
    for (const [message, trace] of cases) {
      const { retracted, message: kept } = readIntervention(message, trace);
      assert.deepEqual([retracted, kept], ["Blocked.", own]);
    }
    const silent = readIntervention(saying("Once"), { modelOutput: ["Once upon"], ...output });
    assert.deepEqual([silent.retracted, silent.message.content], ["", []]);
  });

  it("takes nothing back where only the guardrail has spoken", () => {
    for (const trace of [undefined, { modelOutput: ["Something else"] }, "no trace", { inputAssessment: 7 }]) {
      const { retracted, message } = readIntervention(saying("Blocked."), trace);
      assert.deepEqual([retracted, message], [undefined, saying("Blocked.")]);
    }
  });

  it("keeps a trace within bounds, without halves of characters, and passes over what it does not know", () => {
    const long = `${"x".repeat(199)}😀`;
    const customWords = [7, {}, ...Array.from({ length: 50 }, () => ({ match: long, action: "BLOCKED" }))];
    const { report } = readIntervention(saying("No."), blocking({ wordPolicy: { customWords }, other: 1 }));
    assert.equal(report?.findings.length, 20);
    const text = "x".repeat(199);
    assert.deepEqual(report?.findings[0], { side: "input", policy: "word", name: text, match: text });
  });
});
