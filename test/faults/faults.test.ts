import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeCell, faultCells, fewFaultCells, phases } from "./fault-cells.ts";
import { judgeCell } from "./judge-cell.ts";
import { playCell } from "./play-cell.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

describe("the fault matrix", () => {
  it("has more than 120 cells, each of them once", () => {
    const names = faultCells().map(describeCell);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 120);
  });

  it("has every phase in its short form", () => {
    assert.deepEqual(new Set(fewFaultCells().map(({ phase }) => phase)), new Set(phases));
  });
});

describe("a turn in which a fault strikes", { concurrency: 3 }, () => {
  for (const cell of fewFaultCells()) {
    it(`keeps every promise: ${describeCell(cell)}`, async () => {
      assert.deepEqual(judgeCell(cell, await playCell(cell)), []);
    });
  }
});
