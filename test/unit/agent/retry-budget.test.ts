import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RetryBudget } from "../../../src/agent/retry-budget.ts";

describe("RetryBudget", () => {
  it("is spent after so many retries in a row, and says so", () => {
    const budget = new RetryBudget(2, 1_000);
    assert.deepEqual(
      [0, 900, 901].map((at) => [budget.has(at), budget.take(at)]),
      [
        [true, true],
        [true, true],
        [false, false],
      ],
    );
    assert.equal(budget.tellSpent(901), "Outcrop has made 2 automatic retries in a row, and waits for you now.");
  });

  it("begins anew once an answer has come, however often that happens", () => {
    const budget = new RetryBudget(2, 1_000);
    for (let count = 0; count < 50; count++) {
      assert.deepEqual([budget.take(count), budget.take(count), budget.take(count)], [true, true, false]);
      budget.recovered();
    }
  });

  it("allows eight in a row for five minutes, or as many as the user wants", () => {
    const [usual, patient] = [RetryBudget.for({ retries: 3 }), RetryBudget.for({ retries: 12 })];
    const granted = (budget: RetryBudget) => Array.from({ length: 20 }, () => budget.take(0)).filter(Boolean).length;
    assert.deepEqual([granted(usual), granted(patient)], [8, 12]);
    const slow = RetryBudget.for({ retries: 3 });
    assert.deepEqual([slow.take(0), slow.take(300_000), slow.take(300_001)], [true, true, false]);
    assert.equal(slow.tellSpent(300_001), "Outcrop has tried again for 5 minutes, and waits for you now.");
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
