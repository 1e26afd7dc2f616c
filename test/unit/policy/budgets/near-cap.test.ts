import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { SpendLimits } from "../../../../src/policy/budgets/budget-limits.ts";
import { DayLedger } from "../../../../src/policy/budgets/day-ledger.ts";
import { type NearCap, nearCapText } from "../../../../src/policy/budgets/near-cap.ts";
import { SpendBudget } from "../../../../src/policy/budgets/spend-budget.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testPolicy } from "../../../support/test-policy.ts";

/** Output 15 dollars a million. */
const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const wide = { perTurn: 100, perSession: 100, perDay: 100 };

function window(folder: string, limits: Partial<SpendLimits>, today = (): string => "2026-11-21") {
  const told: NearCap[] = [];
  const ledger = new DayLedger(folder, today);
  const spend = new SpendBudget(ledger, { ...wide, ...limits }, 0, { onNear: (near) => told.push(near) });
  const call = async (dollars: number): Promise<string> => {
    const tokens = Math.round((dollars / 15) * 1_000_000);
    const verdict = await spend.reserve({ modelId, inputTokens: 0, maxTokens: tokens });
    if (verdict.kind === "reserved") await verdict.reservation.settle({ inputTokens: 0, outputTokens: tokens });
    return verdict.kind;
  };
  return { spend, told, call, whats: () => told.map(({ what }) => what) };
}

const folderOf = (test: TestContext): Promise<string> => temporaryFolder(test);

describe("most of a cap is spent", () => {
  it("is told once, at four fifths of the turn's cap, and at the cap nothing is sent", async (test) => {
    const { told, call } = window(await folderOf(test), { perTurn: 1 });
    assert.equal(await call(0.75), "reserved");
    assert.equal(told.length, 0);
    assert.equal(await call(0.09), "reserved");
    const [near] = told;
    assert.deepEqual([near?.what, near?.spent.toFixed(2), near?.limit], ["dollars-per-turn", "0.84", 1]);
    assert.equal(await call(0.06), "reserved");
    assert.equal(told.length, 1);
    assert.equal(await call(0.2), "exhausted");
  });

  it("is told again in the next turn, and after the user raised the cap", async (test) => {
    const { spend, call, whats } = window(await folderOf(test), { perTurn: 1 });
    await call(0.9);
    spend.beginTurn();
    await call(0.1);
    await call(0.75);
    assert.deepEqual(whats(), ["dollars-per-turn", "dollars-per-turn"]);
    spend.lift("dollars-per-turn", { ...wide, perTurn: 1 });
    await call(0.1);
    assert.equal(whats().length, 2);
    await call(0.7);
    assert.equal(whats().length, 3);
  });

  it("is told again in the next turn where its first call spends as much at once", async (test) => {
    const { spend, call, whats } = window(await folderOf(test), { perTurn: 1, perSession: 2 });
    await call(0.9);
    spend.beginTurn();
    await call(0.9);
    assert.deepEqual(whats(), ["dollars-per-turn", "dollars-per-turn", "dollars-per-session"]);
    await call(0.05);
    assert.equal(whats().length, 3);
  });

  it("is told of the session over its turns", async (test) => {
    const { spend, call, whats } = window(await folderOf(test), { perSession: 1 });
    await call(0.5);
    spend.beginTurn();
    await call(0.35);
    assert.deepEqual(whats(), ["dollars-per-session"]);
  });

  it("counts what a restored session had cost", async () => {
    const { policy } = testPolicy({ spentInSession: 19.99 });
    const verdict = await policy.spend.reserve({ modelId, inputTokens: 0, maxTokens: 10_000 });
    assert.equal(verdict.kind === "exhausted" && verdict.exhaustion.what, "dollars-per-session");
  });

  it("M11 is told of the day in every window that spends, whoever spent before", async (test) => {
    const folder = await folderOf(test);
    const [one, other] = [window(folder, { perDay: 1 }), window(folder, { perDay: 1 })];
    await one.call(0.75);
    assert.deepEqual([one.whats(), other.whats()], [[], []]);
    await other.call(0.1);
    assert.deepEqual([one.whats(), other.whats()], [[], ["dollars-per-day"]]);
    await one.call(0.05);
    assert.deepEqual([one.whats(), other.whats()], [["dollars-per-day"], ["dollars-per-day"]]);
    assert.deepEqual([await one.call(0.2), await other.call(0.2)], ["exhausted", "exhausted"]);
  });

  it("begins anew with the day", async (test) => {
    let day = "2026-11-21";
    const { call, whats } = window(await folderOf(test), { perDay: 1 }, () => day);
    await call(0.9);
    day = "2026-11-22";
    await call(0.5);
    await call(0.4);
    assert.deepEqual(whats(), ["dollars-per-day", "dollars-per-day"]);
  });

  it("is said in a sentence that names the cap", () => {
    const whats = ["dollars-per-turn", "dollars-per-session", "dollars-per-day"] as const;
    assert.deepEqual(
      whats.map((what) => nearCapText({ what, spent: 1.625, limit: 2 })),
      [
        "This turn has cost $1.63 of the $2.00 allowed.",
        "This chat has cost $1.63 of the $2.00 allowed.",
        "All windows together have today cost $1.63 of the $2.00 allowed.",
      ],
    );
  });
});
