import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExtractionFailed } from "../../../../src/agent/extract.ts";
import { SchemaError } from "../../../../src/agent/json-schema/given-schema.ts";
import { PausedTurn } from "../../../../src/agent/paused-turn.ts";
import { ToolError } from "../../../../src/agent/tool.ts";
import { LimitReached } from "../../../../src/agent/within-limit.ts";
import { describeFormError } from "../../../../src/vscode/forms/describe-form-error.ts";
import { modelError } from "../../../support/scripted-model.ts";

describe("describeFormError", () => {
  it("says what happened without codes, and nothing of a bug", () => {
    const pause = { code: "E_BUDGET", what: "dollars-per-day", message: "E_BUDGET: The day's cap is spent." } as const;
    for (const [error, text] of [
      [
        new ExtractionFailed("days: 0 is less than 1.", "{}"),
        "The model's answer cannot be used. days: 0 is less than 1.",
      ],
      [new LimitReached(), "The model took too long to answer. Try again, or select a faster model."],
      [new PausedTurn(pause), "The day's cap is spent."],
      [new ToolError("There is nothing to commit."), "There is nothing to commit."],
      [new SchemaError("The schema is no JSON object."), "The schema is no JSON object."],
      [modelError("throttled"), "It failed: throttled."],
      [new TypeError("x is undefined"), undefined],
    ] as const) {
      assert.equal(describeFormError(error), text);
    }
  });
});
