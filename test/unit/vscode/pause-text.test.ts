import assert from "node:assert/strict";
import { it } from "node:test";
import { describePause, describeRaise } from "../../../src/vscode/pause-text.ts";

it("M03 M04 says what going on after a pause raises, and by how much", () => {
  const limits = {
    turn: { toolCalls: 40, wallClockMs: 900_000 },
    spend: { perTurn: 2, perSession: 20, perDay: 20 },
  };
  const raise = (what: Parameters<typeof describeRaise>[0]["what"]): string =>
    describeRaise({ code: "E_BUDGET", what, message: "" }, limits);
  assert.deepEqual(
    (["tool-calls", "wall-clock", "dollars-per-turn", "dollars-per-session", "dollars-per-day", "cycle"] as const).map(
      raise,
    ),
    [
      "The turn may make another 40 tool calls.",
      "The turn may take another 15 minutes.",
      "The turn may cost another $2.00.",
      "The chat may cost another $20.00.",
      "This chat may go beyond today's cap by another $20.00.",
      "The turn goes on, and what it repeated is counted anew.",
    ],
  );
});

it("says why a turn is paused without the code, which is the model's", () => {
  const message = "E_BUDGET: The turn has made 40 tool calls, which is its limit.";
  assert.equal(
    describePause({ code: "E_BUDGET", what: "tool-calls", message }),
    "The turn has made 40 tool calls, which is its limit.",
  );
});
