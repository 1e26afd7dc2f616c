import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DayLedger } from "../../src/policy/budgets/day-ledger.ts";
import { LoopDetector } from "../../src/policy/budgets/loop-detector.ts";
import { type ReportedUsage, SpendBudget } from "../../src/policy/budgets/spend-budget.ts";
import { TurnBudget } from "../../src/policy/budgets/turn-budget.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const today = (): string => "2026-11-21";
const windowScript = fileURLToPath(new URL("budgets-ledger-window.ts", import.meta.url));

async function spendBudget(test: TestContext): Promise<SpendBudget> {
  return new SpendBudget(new DayLedger(await temporaryFolder(test), today));
}

describe("loops and budgets", () => {
  it("M01 the same call is warned of the third time and stopped the fifth", () => {
    const detector = new LoopDetector();
    const call = { tool: "read_file", input: { path: "a" } };
    const verdicts = Array.from({ length: 5 }, () => {
      const verdict = detector.judge(call);
      detector.settle(call, "unchanged");
      return verdict;
    });
    assert.deepEqual(
      verdicts.map(({ kind }) => kind),
      ["new", "new", "warn", "warn", "stop"],
    );
    assert.deepEqual(verdicts[4], {
      kind: "stop",
      exhaustion: {
        code: "E_LOOP",
        message: "E_LOOP: read_file was called 5 times with the same input. Nothing was run.",
        what: "repetition",
        limit: 5,
      },
    });
  });

  it("M02 alternating calls are stopped", () => {
    const detector = new LoopDetector();
    const kinds = Array.from({ length: 10 }, (_, index) => {
      const call = { tool: "read_file", input: { path: index % 2 === 0 ? "a" : "b" } };
      const { kind } = detector.judge(call);
      detector.settle(call, "unchanged");
      return kind;
    });
    assert.equal(kinds.indexOf("stop"), 5);
    assert.deepEqual(kinds.slice(5), Array(5).fill("stop"));
  });

  it("M02 an edit that fails again and again with small changes is stopped the fifth time", () => {
    const detector = new LoopDetector();
    const verdicts = Array.from({ length: 5 }, (_, index) => {
      const call = { tool: "edit_file", input: { path: "a.ts", old_text: `x${" ".repeat(index)}`, new_text: "y" } };
      const verdict = detector.judge(call);
      detector.settle(call, "failed");
      return verdict;
    });
    assert.deepEqual(
      verdicts.map(({ kind }) => kind),
      ["new", "new", "warn", "warn", "stop"],
    );
    const last = verdicts.at(-1);
    assert.equal(last?.kind === "stop" && last.exhaustion.code, "E_LOOP");
  });

  it("M03 after 25 model calls the turn pauses and never goes on by itself", () => {
    const turn = new TurnBudget(() => 0);
    const first = Array.from({ length: 25 }, () => turn.takeStep());
    assert.deepEqual(first, Array(25).fill(undefined));
    const exhaustion = {
      code: "E_BUDGET",
      message: "E_BUDGET: The turn has made 25 model calls. Nothing was sent.",
      what: "steps",
      limit: 25,
    };
    assert.deepEqual([turn.takeStep(), turn.takeStep(), turn.takeStep()], [exhaustion, exhaustion, exhaustion]);
    turn.raise("steps", 2);
    assert.deepEqual([turn.takeStep(), turn.takeStep(), turn.takeStep()?.limit], [undefined, undefined, 27]);
  });

  it("M04 a call whose worst case would pass the cap is not sent until the user raises it", async (test) => {
    const spend = await spendBudget(test);
    const call = { modelId, inputTokens: 200_000, maxTokens: 40_000 };
    const first = await spend.reserve(call);
    assert.equal(first.kind === "reserved" && first.reservation.dollars, 1.35);
    const second = await spend.reserve(call);
    assert.deepEqual(second, {
      kind: "exhausted",
      exhaustion: {
        code: "E_BUDGET",
        message: "E_BUDGET: The next model call could cost $1.35 and pass this turn's cap of $2.00. Nothing was sent.",
        what: "dollars-per-turn",
        limit: 2,
      },
    });
    assert.equal((await spend.reserve(call)).kind, "exhausted");
    spend.raise({ perTurn: 4 });
    assert.equal((await spend.reserve(call)).kind, "reserved");
  });

  it("M05 usage that is missing, negative, not a number or empty is counted at the worst case", async (test) => {
    const senseless: readonly (ReportedUsage | undefined)[] = [
      undefined,
      {},
      { inputTokens: 10 },
      { outputTokens: 10 },
      { inputTokens: -1, outputTokens: 10 },
      { inputTokens: Number.NaN, outputTokens: 10 },
      { inputTokens: 10, outputTokens: Number.POSITIVE_INFINITY },
      { inputTokens: 10, outputTokens: 1.5 },
      { inputTokens: 10, outputTokens: 10, cacheReadInputTokens: -5 },
      { inputTokens: 0, outputTokens: 0 },
    ];
    const ledger = new DayLedger(await temporaryFolder(test), today);
    for (const usage of senseless) {
      const spend = new SpendBudget(ledger);
      const verdict = await spend.reserve({ modelId, inputTokens: 10_000, maxTokens: 1_000 });
      if (verdict.kind !== "reserved") return assert.fail();
      assert.equal(await verdict.reservation.settle(usage), 0.0525);
      assert.deepEqual(spend.spent, { turn: 0.0525, session: 0.0525 });
    }
    assert.equal((await ledger.spentToday()).toFixed(4), (0.0525 * senseless.length).toFixed(4));
  });

  it("M08 subagents share the turn's budget, three of them and one level deep", () => {
    const turn = new TurnBudget(() => 0);
    assert.equal(turn.takeSubagent(2)?.what, "subagents");
    const started = Array.from({ length: 4 }, () => turn.takeSubagent(1)?.limit);
    assert.deepEqual(started, [undefined, undefined, undefined, 3]);
  });

  it("M09 eight automatic calls in a row give a notice, forty calls a question", () => {
    const turn = new TurnBudget(() => 0);
    const seen = Array.from({ length: 40 }, (_, index) => {
      assert.equal(turn.takeToolCall(), undefined);
      return turn.noteAllowed("automatic") === undefined ? [] : [index + 1];
    });
    assert.deepEqual(seen.flat(), [8, 16, 24, 32, 40]);
    assert.deepEqual(turn.takeToolCall(), {
      code: "E_BUDGET",
      message: "E_BUDGET: The turn has made 40 tool calls, which is its limit. Nothing more was run.",
      what: "tool-calls",
      limit: 40,
    });
  });

  it("M11 windows of one profile spend from one day's cap, each dollar counted once", async (test) => {
    const folder = await temporaryFolder(test);
    const cap = 30;
    const windows = await Promise.all(
      [1, 2, 3].map(() => promisify(execFile)(process.execPath, [windowScript, folder, "20", String(cap)])),
    );
    const reserved = windows.map(({ stdout }) => Number(stdout)).reduce((sum, each) => sum + each, 0);
    const ledger = new DayLedger(folder, today);
    assert.equal(await ledger.spentToday(), reserved);
    // Two windows that ask for the last dollar at once may both be refused; never do both get it.
    assert.ok(reserved <= cap && reserved > cap / 2, `${reserved} of ${cap}`);
    const spend = new SpendBudget(ledger, { perTurn: 50, perSession: 50, perDay: cap });
    const verdict = await spend.reserve({ modelId, inputTokens: 0, maxTokens: 2_000_000 });
    assert.equal(verdict.kind === "exhausted" && verdict.exhaustion.what, "dollars-per-day");
  });
});
