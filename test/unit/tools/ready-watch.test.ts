import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ReadyWatch } from "../../../src/tools/ready-watch.ts";

describe("ReadyWatch", () => {
  it("is ready when every pattern has seen the end of a round, and not while a new one goes on", () => {
    const watch = new ReadyWatch([{ begins: "^start", ends: "^end$" }, { ends: "bundled" }]);
    const after = (text: string): boolean => {
      watch.push(text);
      return watch.isReady;
    };
    assert.deepEqual(
      [after("start\nend\n"), after("bundled\n"), after("start again\n"), after("the end\n"), after("end\n")],
      [false, true, false, false, true],
    );
  });

  it("leaves out what is no expression, and has nothing to wait for then", () => {
    const watch = new ReadyWatch([{ ends: "(" }]);
    watch.push("(\n");
    assert.deepEqual([watch.hasPatterns, watch.isReady], [false, false]);
  });
});
