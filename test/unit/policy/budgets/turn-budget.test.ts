import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { defaultTurnLimits } from "../../../../src/policy/budgets/budget-limits.ts";
import { TurnBudget } from "../../../../src/policy/budgets/turn-budget.ts";

function budget(limits = defaultTurnLimits): { readonly turn: TurnBudget; readonly pass: (ms: number) => void } {
  let now = 5_000;
  return {
    turn: new TurnBudget(() => now, limits),
    pass: (ms) => {
      now += ms;
    },
  };
}

const minute = 60_000;

describe("TurnBudget", () => {
  it("has the published defaults", () => {
    assert.deepEqual(defaultTurnLimits, {
      steps: 25,
      toolCalls: 40,
      autoAllowedInARow: 8,
      wallClockMs: 900_000,
      subagents: 3,
      subagentDepth: 1,
    });
  });

  it("stops after its wall clock, for model and tool calls alike", () => {
    const { turn, pass } = budget();
    pass(15 * minute - 1);
    assert.deepEqual([turn.takeStep(), turn.takeToolCall()], [undefined, undefined]);
    pass(1);
    const expected = {
      code: "E_BUDGET",
      message: "E_BUDGET: The turn has taken 15 minutes. Nothing was sent or run.",
      what: "wall-clock",
      limit: 900_000,
    };
    assert.deepEqual([turn.takeStep(), turn.takeToolCall()], [expected, expected]);
  });

  it("does not count the time that the user takes, however many questions are open", () => {
    const { turn, pass } = budget();
    pass(minute);
    const first = turn.waitForUser();
    pass(minute);
    const second = turn.waitForUser();
    pass(minute);
    first();
    first();
    pass(minute);
    assert.equal(turn.elapsedMs(), minute);
    second();
    pass(minute);
    assert.equal(turn.elapsedMs(), 2 * minute);
  });

  it("goes on for as much more as the user grants", () => {
    const { turn, pass } = budget();
    pass(20 * minute);
    assert.equal(turn.takeStep()?.what, "wall-clock");
    turn.raise("wallClockMs", 5 * minute);
    assert.equal(turn.takeStep(), undefined);
    pass(5 * minute);
    assert.equal(turn.takeStep()?.limit, 25 * minute);
  });

  it("starts the row of automatic calls anew when the user answers one", () => {
    const { turn } = budget();
    const notices = Array.from({ length: 7 }, () => turn.noteAllowed("automatic"));
    assert.deepEqual([...notices, turn.noteAllowed("user"), turn.noteAllowed("automatic")], Array(9).fill(undefined));
  });
});
