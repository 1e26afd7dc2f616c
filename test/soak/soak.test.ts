import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { slopeOf } from "./resource-count.ts";
import { playSoak } from "./soak.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

describe("many turns with random faults", () => {
  it("leave no socket, timer or child behind and break no rule", async () => {
    const turns = 40;
    const { outcomes, leaked, broken } = await playSoak({ turns, seed: 20_261_120 });
    assert.deepEqual(broken, []);
    assert.deepEqual(leaked, {});
    assert.equal(
      Object.values(outcomes).reduce((sum, count) => sum + count, 0),
      turns,
    );
    assert.ok((outcomes["completed"] ?? 0) > turns / 2, JSON.stringify(outcomes));
  });
});

describe("slopeOf", () => {
  it("is what is added per turn, whatever the noise around it", () => {
    const noise = [3, -3, -3, 3];
    const samples = noise.map((off, index) => ({ turn: index * 10, heap: 1_000 + index * 50 + off }));
    assert.equal(slopeOf(samples), 5);
  });
});
