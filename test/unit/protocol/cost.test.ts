import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { addCost, costText, dollarText } from "../../../src/protocol/cost.ts";
import { setLanguage } from "../../../src/protocol/localize.ts";
import { fold, wholeTurn } from "../../support/chat-events.ts";

describe("dollarText", () => {
  it("shows two digits that say something, however little it is", () => {
    assert.deepEqual(
      [0, 1234.5, 12.5, 0.42, 0.1, 0.0999, 0.05, 0.0051, 0.00051, 0.00002, 0.000001, -0.5, -0.02].map(dollarText),
      [
        ...["$0", "$1234.50", "$12.50", "$0.42", "$0.10", "$0.1", "$0.05", "$0.0051", "$0.00051", "$0.00002"],
        ...["<$0.00001", "-$0.50", "-$0.02"],
      ],
    );
  });
});

describe("UX98 dollars in another language", () => {
  afterEach(() => setLanguage(undefined, {}));
  const amounts = [0, 1234.5, 0.26, 0.0999, 0.0051, 0.000001, -0.5];
  const shown = () => amounts.map(dollarText).map((text) => text.replaceAll(/\s/gu, " "));

  it("UX98 are written as the display language writes them, with the digits of English", () => {
    setLanguage("de", undefined);
    assert.deepEqual(shown(), ["0 $", "1234,50 $", "0,26 $", "0,1 $", "0,0051 $", "<0,00001 $", "-0,50 $"]);
    setLanguage("ja", undefined);
    assert.deepEqual(shown(), ["$0", "$1234.50", "$0.26", "$0.1", "$0.0051", "<$0.00001", "-$0.50"]);
  });

  it("UX98 leave unknown unknown", () => {
    setLanguage("de", { unknown: "unbekannt" });
    assert.equal(costText({ dollars: 0, unknown: 2 }), "unbekannt");
  });
});

describe("costText", () => {
  it("never takes what is unknown for nothing", () => {
    assert.deepEqual(
      [
        { dollars: 0, unknown: 0 },
        { dollars: 0.42, unknown: 0 },
        { dollars: 0.42, unknown: 1 },
        { dollars: 0.42, unknown: 2 },
        { dollars: 0, unknown: 2 },
      ].map(costText),
      ["$0", "$0.42", "$0.42 + 1 call of unknown cost", "$0.42 + 2 calls of unknown cost", "unknown"],
    );
  });
});

describe("the cost of a turn", () => {
  const prices = "price table of 2026-11-21";

  it("is the sum of its steps, its compactions and what led to no step's end", () => {
    const costs = [
      { dollars: 0.25, unknown: 0, prices },
      { dollars: 0.5, unknown: 1, prices },
    ];
    const events = wholeTurn.map((event) => {
      const cost = event.type === "step-end" ? costs.shift() : undefined;
      if (event.type === "turn-end") return { ...event, cost: { dollars: 0.125, unknown: 2, prices } };
      return event.type === "step-end" && cost !== undefined ? { ...event, cost } : event;
    });
    assert.deepEqual(fold(events).past[0]?.cost, { dollars: 0.875, unknown: 3, prices });
  });

  it("is absent where nothing costs, and not zero", () => {
    const [turn] = fold(wholeTurn).past;
    assert.equal(turn !== undefined && "cost" in turn, false);
    assert.equal(addCost(undefined, undefined), undefined);
  });
});
