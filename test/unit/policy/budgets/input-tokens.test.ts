import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { CountTokens, ModelRequest } from "../../../../src/agent/model.ts";
import type { SpendLimits } from "../../../../src/policy/budgets/budget-limits.ts";
import { DayLedger } from "../../../../src/policy/budgets/day-ledger.ts";
import { inputTokensOf } from "../../../../src/policy/budgets/input-tokens.ts";
import { SpendBudget } from "../../../../src/policy/budgets/spend-budget.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** Input written to the cache 3.75, output 15 dollars a million. */
const call = { modelId: "global.anthropic.claude-sonnet-4-5-20250929-v1:0", maxTokens: 10_000 };
/** Estimated at 100,000 tokens, which with the answer may cost 0.525 dollars; 0.3375 at the fewest, 1.275 at the most. */
const request: ModelRequest = { messages: [{ role: "user", content: [{ text: "x".repeat(299_945) }] }] };
const estimate = 100_000;

async function count(
  test: TestContext,
  countTokens: CountTokens | undefined,
  perTurn: number,
  signal = new AbortController().signal,
  limits: Partial<SpendLimits> = {},
): Promise<number> {
  const ledger = new DayLedger(await temporaryFolder(test), () => "2026-11-21");
  const spend = new SpendBudget(ledger, { perTurn, perSession: 100, perDay: 100, ...limits });
  return inputTokensOf(request, countTokens === undefined ? {} : { countTokens }, call, spend, signal);
}

const counts: CountTokens = async () => 77_000;
const unasked: CountTokens = () => assert.fail("asked");

describe("inputTokensOf", () => {
  it("estimates where the call fits into the cap whatever its text is, and where it does not", async (test) => {
    for (const perTurn of [1.28, 0.33]) assert.equal(await count(test, unasked, perTurn), estimate);
  });

  it("takes the service's count where that decides, above the estimate and below it", async (test) => {
    for (const perTurn of [1.27, 0.53, 0.52, 0.34]) assert.equal(await count(test, counts, perTurn), 77_000);
  });

  it("looks at the session's cap and the day's too", async (test) => {
    const { signal } = new AbortController();
    for (const limits of [{ perSession: 0.5 }, { perDay: 0.5 }])
      assert.equal(await count(test, counts, 100, signal, limits), 77_000);
  });

  it("estimates where nobody can be asked, and where they do not tell", async (test) => {
    assert.equal(await count(test, undefined, 0.5), estimate);
    assert.equal(await count(test, async () => undefined, 0.5), estimate);
  });

  it("waits for a count no longer than a second and a half, and estimates then", async (test) => {
    const late = new AbortController();
    const limits: number[] = [];
    test.mock.method(AbortSignal, "timeout", (milliseconds: number) => {
      limits.push(milliseconds);
      return late.signal;
    });
    const slow: CountTokens = (_request, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener("abort", () => resolve(undefined));
        late.abort();
      });
    assert.equal(await count(test, slow, 0.5), estimate);
    assert.deepEqual(limits, [1_500]);
  });

  it("throws the reason of a Stop that came while it was counted", async (test) => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const stopped: CountTokens = (_request, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener("abort", () => resolve(undefined));
        stop.abort(reason);
      });
    await assert.rejects(count(test, stopped, 0.5, stop.signal), (error) => error === reason);
  });
});
