import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ArgumentError } from "../../../src/headless/argument-error.ts";
import { requestOptions, requestUsage, toRequestSettings } from "../../../src/headless/request-options.ts";
import { readRequestChoices } from "../../../src/vscode/request-settings.ts";

describe("toRequestSettings", () => {
  it("wants what the extension wants where nothing is said", () => {
    const { metadata, guardrailToolResults, ...choices } = readRequestChoices({ get: () => undefined });
    assert.deepEqual(toRequestSettings({}), choices);
  });

  it("wants what the extension wants where the settings say the same", () => {
    const settings = {
      ...{ thinking: "budget", thinkingBudget: 2_048, effort: "xhigh", temperature: 0.5, topP: 1 },
      ...{ promptCaching: "1h", serviceTier: "priority", latency: "optimized" },
      guardrail: { identifier: "gr1a2b3c4d5e", version: "DRAFT" },
    };
    const get = (key: string): unknown => Object.entries(settings).find(([name]) => name === key)?.[1];
    const { metadata, guardrailToolResults, ...choices } = readRequestChoices({ get });
    const values = {
      ...{ thinking: "budget", "thinking-budget": "2048", effort: "xhigh", temperature: "0.5", "top-p": "1" },
      ...{ "prompt-caching": "1h", "service-tier": "priority", latency: "optimized" },
      guardrail: "gr1a2b3c4d5e:DRAFT",
    };
    assert.deepEqual(toRequestSettings(values), choices);
  });

  const refused: readonly (readonly [option: string, value: string, message: string])[] = [
    ["thinking", "hard", "--thinking takes off, auto, budget."],
    ["thinking-budget", "100", '--thinking-budget takes a whole number from 1024, not "100".'],
    ["temperature", "1.5", '--temperature takes a number from 0 to 1, not "1.5".'],
    ["top-p", "", '--top-p takes a number from 0 to 1, not "".'],
    ["service-tier", "fast", "--service-tier takes default, flex, priority, reserved."],
    ["guardrail", "gr1a2b3c4d5e", "--guardrail takes ID:VERSION."],
    ["guardrail", "arn:aws:bedrock:us-east-1:111122223333:guardrail/g", "--guardrail takes ID:VERSION."],
  ];
  for (const [option, value, message] of refused) {
    it(`refuses --${option} ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => toRequestSettings({ [option]: value }),
        (error) => error instanceof ArgumentError && error.message === message,
      );
    });
  }

  it("has a line of help for every option", () => {
    for (const name of Object.keys(requestOptions)) assert.match(requestUsage, new RegExp(`^  --${name} `, "m"));
  });
});
