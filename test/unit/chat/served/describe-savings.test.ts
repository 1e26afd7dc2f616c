import assert from "node:assert/strict";
import { it } from "node:test";
import { describeSavings } from "../../../../src/chat/served/describe-savings.ts";

it("savings are told in dollars where the price is known, as a cost where they are negative", () => {
  const saved = [
    [1_000_000, 100_000, 2.625],
    [0, 100_000, -0.075],
    [2_000, 0, 0.0054],
    [2_000, 0, undefined],
  ] as const;
  assert.deepEqual(
    saved.map(([read, written, dollars]) => describeSavings({ read, written, saved: dollars })),
    [
      "1,000,000 tokens were read from the prompt cache and 100,000 written to it, saving $2.63.",
      "0 tokens were read from the prompt cache and 100,000 written to it, costing $0.07.",
      "2,000 tokens were read from the prompt cache and 0 written to it, saving less than $0.01.",
      "2,000 tokens were read from the prompt cache and 0 written to it; the price is unknown.",
    ],
  );
});
