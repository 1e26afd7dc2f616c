import assert from "node:assert/strict";
import { it } from "node:test";
import { describeSavings } from "../../../../src/chat/served/describe-savings.ts";

const price = { input: 3, cacheRead: 0.3, cacheWrite: 3.75 };
const usage = (read: number, written: number) => ({ read, written });

it("savings are what reading spared less what writing cost, and unknown without a price", () => {
  assert.deepEqual(
    [
      describeSavings(usage(1_000_000, 100_000), price),
      describeSavings(usage(0, 100_000), price),
      describeSavings(usage(2_000, 0), price),
      describeSavings(usage(2_000, 0), undefined),
    ],
    [
      "1,000,000 tokens were read from the prompt cache and 100,000 written to it, saving $2.63.",
      "0 tokens were read from the prompt cache and 100,000 written to it, costing $0.07.",
      "2,000 tokens were read from the prompt cache and 0 written to it, saving less than $0.01.",
      "2,000 tokens were read from the prompt cache and 0 written to it; the price is unknown.",
    ],
  );
});
