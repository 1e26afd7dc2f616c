import type { ChatEvent } from "./chat-event.ts";
import type { ChatState } from "./chat-state.ts";
import { addTurnCost, countUsage } from "./turn-bounds.ts";

/** The chat under its title; what that took counts to the last turn that has ended, or to the one that goes on. */
export function changeTitle(state: ChatState, event: Extract<ChatEvent, { type: "title" }>): ChatState {
  const { title, usage, cost } = event;
  const { past, current } = state;
  const last = past.at(-1);
  if (last !== undefined) return { ...state, title, past: past.with(-1, addTurnCost(countUsage(last, usage), cost)) };
  return { ...state, title, current: current === null ? null : addTurnCost(countUsage(current, usage), cost) };
}
