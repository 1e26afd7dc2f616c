import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeOddities, OddityCount } from "../../../src/agent/oddities.ts";

describe("OddityCount", () => {
  it("B2.30 counts by kind and says it in one line", () => {
    const odd = new OddityCount();
    odd.count("unknown delta", "hologram");
    odd.count("a second end of a block");
    odd.count("unknown delta", "hologram");
    assert.equal(
      describeOddities(odd.counts),
      "Odd in the answer: unknown delta hologram (2), a second end of a block (1).",
    );
  });

  it("repeats no name that could be words of an answer", () => {
    const odd = new OddityCount();
    for (const name of ["the user's password", "", "x".repeat(81), "line\nbreak"]) odd.count("unknown", name);
    assert.deepEqual(Object.fromEntries(odd.counts), { "unknown of another name": 4 });
  });

  it("keeps to twenty kinds, whatever a stream makes up", () => {
    const odd = new OddityCount();
    for (let number = 0; number < 100; number++) odd.count("unknown", `event${number}`);
    odd.count("unknown", "event0");
    assert.equal(odd.counts.size, 21);
    assert.equal(odd.counts.get("others"), 80);
    assert.equal(odd.counts.get("unknown event0"), 2);
  });
});
