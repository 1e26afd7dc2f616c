import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { defaultSpendLimits, type SpendLimits } from "../../../../src/policy/budgets/budget-limits.ts";
import { DayLedger, SpendLedgerUnavailable } from "../../../../src/policy/budgets/day-ledger.ts";
import { priceOf } from "../../../../src/policy/budgets/price-of.ts";
import { SpendBudget } from "../../../../src/policy/budgets/spend-budget.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const today = (): string => "2026-11-21";
/** Input 3, cache write 3.75, output 15 dollars a million. */
const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

async function budget(test: TestContext, limits?: Partial<SpendLimits>): Promise<SpendBudget> {
  const all = { perTurn: 2, perSession: 20, perDay: 20, ...limits };
  return new SpendBudget(new DayLedger(await temporaryFolder(test), today), all);
}

describe("SpendBudget", () => {
  it("reserves the worst case and counts the cost afterwards", async (test) => {
    const spend = await budget(test);
    const verdict = await spend.reserve({ modelId, inputTokens: 100_000, maxTokens: 10_000 });
    assert.equal(verdict.kind, "reserved");
    if (verdict.kind !== "reserved") return;
    assert.equal(verdict.reservation.dollars, 0.525);
    assert.deepEqual(spend.spent, { turn: 0.525, session: 0.525 });
    const usage = { inputTokens: 10_000, outputTokens: 1_000, cacheReadInputTokens: 90_000, cacheWriteInputTokens: 0 };
    assert.equal((await verdict.reservation.settle(usage)).toFixed(6), "0.072000");
    assert.equal(spend.spent.turn.toFixed(6), "0.072000");
  });

  it("counts a call once, however often it is settled", async (test) => {
    const spend = await budget(test);
    const verdict = await spend.reserve({ modelId, inputTokens: 100_000, maxTokens: 10_000 });
    if (verdict.kind !== "reserved") return assert.fail();
    await verdict.reservation.settle({ inputTokens: 1_000_000, outputTokens: 0 });
    await verdict.reservation.settle(undefined);
    assert.equal(spend.spent.session.toFixed(6), "3.000000");
  });

  it("keeps the sum of the session over its turns", async (test) => {
    const spend = await budget(test, { perSession: 0.6 });
    const call = { modelId, inputTokens: 100_000, maxTokens: 10_000 };
    assert.equal((await spend.reserve(call)).kind, "reserved");
    spend.beginTurn();
    const second = await spend.reserve(call);
    assert.deepEqual(second, {
      kind: "exhausted",
      exhaustion: {
        code: "E_BUDGET",
        message:
          "E_BUDGET: The next model call could cost $0.53 and pass this session's cap of $0.60. Nothing was sent.",
        what: "dollars-per-session",
        limit: 0.6,
      },
    });
  });

  it("lets only as many calls at once pass as fit", async (test) => {
    const spend = await budget(test, { perTurn: 1.1 });
    const call = { modelId, inputTokens: 100_000, maxTokens: 10_000 };
    const verdicts = await Promise.all([spend.reserve(call), spend.reserve(call), spend.reserve(call)]);
    assert.deepEqual(
      verdicts.map(({ kind }) => kind),
      ["reserved", "reserved", "exhausted"],
    );
  });

  it("counts an unknown model as the dearest and says so", async (test) => {
    const spend = await budget(test);
    const verdict = await spend.reserve({ modelId: "somebody.new-model", inputTokens: 10_000, maxTokens: 30_000 });
    assert.match(verdict.kind === "exhausted" ? verdict.exhaustion.message : "", /Its price is unknown/u);
  });

  it("calls no price unknown that the user or the catalogue tells", async (test) => {
    const ledger = new DayLedger(await temporaryFolder(test), today);
    for (const source of ["user", "catalogue", "table"] as const) {
      const parts = { priceOf: (id: string) => ({ ...priceOf(id), source }) };
      const verdict = await new SpendBudget(ledger, { ...defaultSpendLimits, perTurn: 0 }, 0, parts).reserve({
        ...{ modelId, inputTokens: 10_000, maxTokens: 1_000 },
      });
      const message = verdict.kind === "exhausted" ? verdict.exhaustion.message : "";
      assert.match(message, /pass this turn's cap of \$0\.00\. Nothing was sent\.$/u);
    }
  });

  it("counts senseless plans for a million tokens", async (test) => {
    const spend = await budget(test);
    for (const tokens of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      assert.equal((await spend.reserve({ modelId, inputTokens: tokens, maxTokens: 1 })).kind, "exhausted");
    }
    assert.deepEqual(spend.spent, { turn: 0, session: 0 });
  });

  it("sends nothing and counts nothing where the day's file cannot be used", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "spend-2026-11-21.jsonl"));
    const spend = new SpendBudget(new DayLedger(folder, today));
    await assert.rejects(spend.reserve({ modelId, inputTokens: 1, maxTokens: 1 }), SpendLedgerUnavailable);
    assert.deepEqual(spend.spent, { turn: 0, session: 0 });
  });
});
