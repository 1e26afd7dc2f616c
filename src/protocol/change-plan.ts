import type { ChatState } from "./chat-state.ts";
import type { PlanItem } from "./plan.ts";

/** The chat with the plan as it is now; an empty one is none. */
export function changePlan(state: ChatState, plan: readonly PlanItem[]): ChatState {
  if (plan.length > 0) return { ...state, plan };
  const { plan: _, ...without } = state;
  return without;
}

/** A plan that is done has nothing to say to the next prompt. */
export function dropDonePlan(state: ChatState): ChatState {
  return state.plan?.every(({ status }) => status === "done") ? changePlan(state, []) : state;
}
