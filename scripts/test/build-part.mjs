import { describeMeasure, isOverBudget } from "../build/budgets.mjs";
import { build } from "../build/bundles.mjs";

/**
 * Builds the extension as it is packaged, for the tests that run it; each size budget is a test.
 * @returns {Promise<import("./run-parts.mjs").PartResult>}
 */
export async function buildPart() {
  const measures = await build({ production: true });
  const over = measures.filter(isOverBudget);
  return {
    passed: measures.length - over.length,
    failed: over.length,
    skipped: 0,
    text: over.map((measure) => `  ✗ over its size budget: ${describeMeasure(measure)}\n`).join(""),
  };
}
