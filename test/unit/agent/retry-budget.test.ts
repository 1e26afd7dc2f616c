import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RetryBudget } from "../../../src/agent/retry-budget.ts";

describe("RetryBudget", () => {
  it("is spent after so many retries, whatever lies between them", () => {
    const budget = new RetryBudget(2, 1_000);
    assert.equal(budget.take(0), true);
    budget.recovered();
    assert.equal(budget.take(900), true);
    budget.recovered();
    assert.equal(budget.take(901), false);
  });

  it("is spent after so long a row of failures", () => {
    const budget = new RetryBudget(100, 1_000);
    assert.deepEqual(
      [500, 1_500, 1_501].map((at) => budget.take(at)),
      [true, true, false],
    );
  });

  it("counts the time anew once an answer has come", () => {
    const budget = new RetryBudget(100, 1_000);
    assert.equal(budget.take(0), true);
    budget.recovered();
    assert.equal(budget.take(60_000), true);
    assert.equal(budget.take(61_001), false);
  });
});
