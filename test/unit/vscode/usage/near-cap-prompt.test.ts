import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { NearCap } from "../../../../src/policy/budgets/near-cap.ts";
import { promptNearCap } from "../../../../src/vscode/usage/near-cap-prompt.ts";

const limits = { perTurn: 2, perSession: 20, perDay: 30 };

/** Shows the question, presses a button; the turn may be over by then. */
async function press(button: string | undefined, what: NearCap["what"] = "dollars-per-turn", turnAfter = "t1") {
  const done: unknown[] = [];
  const shown: string[] = [];
  let turn = "t1";
  await promptNearCap(
    { what, spent: 1.7, limit: 2 },
    {
      show: async (...texts) => {
        shown.push(...texts);
        turn = turnAfter;
        return button;
      },
      limits: () => limits,
      turn: () => turn,
      lift: (...raised) => done.push(raised),
      stop: () => done.push("stop"),
    },
  );
  return { done, shown };
}

describe("promptNearCap", () => {
  it("names what is spent, and what each button does", async () => {
    const { shown } = await press(undefined);
    const text = "Outcrop: This turn has cost $1.70 of the $2.00 allowed.";
    assert.deepEqual(shown, [text, "Continue", "Raise by $2.00", "Stop Turn"]);
    assert.equal((await press(undefined, "dollars-per-session")).shown[2], "Raise by $20.00");
    assert.equal((await press(undefined, "dollars-per-day")).shown[2], "Raise by $30.00");
  });

  it("changes nothing where the user goes on, or closes it", async () => {
    assert.deepEqual([(await press("Continue")).done, (await press(undefined)).done], [[], []]);
  });

  it("raises the cap, or stops the turn, where the user says so", async () => {
    assert.deepEqual((await press("Raise by $2.00")).done, [["dollars-per-turn", limits]]);
    assert.deepEqual((await press("Stop Turn")).done, ["stop"]);
  });

  it("does nothing to a turn that it was not asked for", async () => {
    assert.deepEqual((await press("Stop Turn", "dollars-per-turn", "t2")).done, []);
    assert.deepEqual((await press("Raise by $2.00", "dollars-per-turn", "t2")).done, []);
    assert.deepEqual((await press("Raise by $20.00", "dollars-per-session", "t2")).done, [
      ["dollars-per-session", limits],
    ]);
  });
});
