import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanItem } from "../../../src/protocol/plan.ts";
import { createUpdatePlan } from "../../../src/tools/update-plan.ts";
import { runTool } from "../../support/run-tool.ts";

async function update(items: unknown) {
  const shown: (readonly PlanItem[])[] = [];
  const tool = createUpdatePlan({ showPlan: (plan) => void shown.push(plan) });
  return { ...(await runTool(tool, { items })), shown };
}

const items: readonly PlanItem[] = [
  { text: "Read the code", status: "done" },
  { text: "Change it", status: "in_progress" },
  { text: "Test it", status: "pending" },
];

describe("update_plan", () => {
  it("shows the items and says how many are done", async () => {
    const { shown, text, title, call } = await update(items);
    assert.deepEqual(shown, [items]);
    assert.equal(text, "The plan is shown: 1 of 3 done.");
    assert.deepEqual([call.title, title], ["Updating the plan", "Updated the plan, 1 of 3 done"]);
    assert.deepEqual([call.effect, call.targets], ["read", []]);
  });

  it("takes the plan away where there are no items", async () => {
    const { shown, title } = await update([]);
    assert.deepEqual([shown, title], [[[]], "Cleared the plan"]);
  });

  it("refuses more than 50 items, blank ones and another status, and shows nothing", async () => {
    const many = Array.from({ length: 51 }, () => ({ text: "x", status: "pending" }));
    for (const wrong of [many, [{ text: " ", status: "done" }], [{ text: "x", status: "started" }]]) {
      await assert.rejects(update(wrong), /E_SCHEMA/);
    }
  });
});
