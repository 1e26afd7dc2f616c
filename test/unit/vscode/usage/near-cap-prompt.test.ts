import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { NearCap } from "../../../../src/policy/budgets/near-cap.ts";
import { promptNearCap } from "../../../../src/vscode/usage/near-cap-prompt.ts";

const limits = { perTurn: 2, perSession: 20, perDay: 30 };

/** Shows the question and takes a choice, before the turn is over or after. */
async function choose(
  choice: string | undefined,
  what: NearCap["what"] = "dollars-per-turn",
  ends: "before it is asked" | "before it is answered" | "later" = "later",
) {
  const done: unknown[] = [];
  const shown: unknown[] = [];
  const over = new AbortController();
  if (ends === "before it is asked") over.abort();
  await promptNearCap(
    { what, spent: 1.7, limit: 2 },
    {
      show: async (text, choices, signal) => {
        shown.push(text, ...choices);
        assert.equal(signal, over.signal);
        if (ends === "before it is answered") over.abort();
        return choice;
      },
      limits: () => limits,
      over: over.signal,
      lift: (...raised) => done.push(raised),
      stop: () => done.push("stop"),
    },
  );
  return { done, shown };
}

describe("promptNearCap", () => {
  it("names what is spent, and what each choice does", async () => {
    const { shown } = await choose(undefined);
    const text = "Outcrop: This turn has cost $1.70 of the $2.00 allowed.";
    assert.deepEqual(shown, [text, "Raise by $2.00", "Stop Turn"]);
    assert.equal((await choose(undefined, "dollars-per-session")).shown[1], "Raise by $20.00");
    assert.equal((await choose(undefined, "dollars-per-day")).shown[1], "Raise by $30.00");
  });

  it("changes nothing where it goes away unanswered", async () => {
    assert.deepEqual((await choose(undefined)).done, []);
  });

  it("raises the cap, or stops the turn, where the user says so", async () => {
    assert.deepEqual((await choose("Raise by $2.00")).done, [["dollars-per-turn", limits]]);
    assert.deepEqual((await choose("Raise by $20.00", "dollars-per-session")).done, [["dollars-per-session", limits]]);
    assert.deepEqual((await choose("Stop Turn")).done, ["stop"]);
  });

  it("does nothing once its turn is over, whatever cap it is about, and is not asked then", async () => {
    for (const [choice, what] of [
      ["Stop Turn", "dollars-per-turn"],
      ["Raise by $2.00", "dollars-per-turn"],
      ["Raise by $20.00", "dollars-per-session"],
      ["Raise by $30.00", "dollars-per-day"],
    ] as const) {
      assert.deepEqual((await choose(choice, what, "before it is answered")).done, []);
      assert.deepEqual(await choose(choice, what, "before it is asked"), { done: [], shown: [] });
    }
  });
});
