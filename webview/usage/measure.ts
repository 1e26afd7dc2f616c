import { promptTokens } from "../../src/protocol/token-usage.ts";
import type { UsageSum } from "../../src/protocol/usage-report.ts";

/** What bars stand for: dollars, or tokens where no cost is known. */
export type Measure = "dollars" | "tokens";

export function chooseMeasure(total: UsageSum): Measure {
  return total.cost.dollars > 0 ? "dollars" : "tokens";
}

export function measureOf({ cost, usage }: UsageSum, measure: Measure): number {
  return measure === "dollars" ? cost.dollars : promptTokens(usage) + usage.outputTokens;
}
