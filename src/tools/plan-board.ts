import type { PlanItem } from "../protocol/plan.ts";

/** Where the user sees the model's plan. */
export interface PlanBoard {
  /** In place of the plan before. */
  showPlan(items: readonly PlanItem[]): void;
}
