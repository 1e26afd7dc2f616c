import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type BenchRow, describeRow, median, quantile, verdictOn } from "../bench/bench-row.ts";

const row: BenchRow = { name: "a measure", unit: "ms", samples: [30, 10, 20], budget: 25 };

describe("a line of a bench", () => {
  it("has the median, the spread, the verdict, the baseline and the median of the rounds' ratios", () => {
    const line = describeRow({ ...row, baseline: { name: "bare", samples: [10, 10, 10] } });
    assert.match(line, /^a measure +20\.0 ms +10\.0–30\.0 +≤ 25 ok +bare 10\.0, × 2\.00$/);
  });

  it("is over where its median is, unless the baseline is over too", () => {
    assert.equal(verdictOn(row), "ok");
    assert.equal(verdictOn({ ...row, budget: 15 }), "OVER");
    assert.equal(verdictOn({ ...row, budget: 15, baseline: { name: "bare", samples: [14, 14, 40] } }), "OVER");
    assert.equal(verdictOn({ ...row, budget: 15, baseline: { name: "bare", samples: [14, 16, 40] } }), "noisy");
    assert.equal(verdictOn({ name: "free", unit: "s", samples: [1] }), "");
  });

  it("allows more where the baseline takes more than on the machine of the budgets, by as much, and never less", () => {
    const slow = (taken: number): BenchRow => ({
      ...{ ...row, samples: [40] },
      baseline: { name: "bare", samples: [taken], reference: 10 },
    });
    assert.equal(verdictOn(slow(16)), "ok");
    assert.match(describeRow(slow(16)), / ≤ 40\.0 \(25 × 1\.60\) ok /);
    assert.equal(verdictOn(slow(15)), "OVER");
    assert.equal(verdictOn(slow(5)), "OVER");
    assert.match(describeRow(slow(5)), / ≤ 25 OVER /);
    assert.equal(verdictOn({ ...slow(90), samples: [226] }), "OVER", "over, however slow the baseline is");
  });

  it("knows medians and quantiles, of nothing too", () => {
    assert.deepEqual([median([]), median([3]), median([4, 1]), median([9, 1, 2])], [0, 3, 2.5, 2]);
    assert.deepEqual([quantile([], 0.95), quantile([1, 2, 3, 4], 0.5), quantile([1, 2, 3, 4], 1)], [0, 3, 4]);
  });
});
