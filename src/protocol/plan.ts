export type PlanStatus = "pending" | "in_progress" | "done";

export interface PlanItem {
  readonly text: string;
  readonly status: PlanStatus;
}

/** How many of its items are done. */
export function countDone(plan: readonly PlanItem[]): number {
  return plan.filter(({ status }) => status === "done").length;
}
