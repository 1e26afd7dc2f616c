import type { ChatChoice } from "./chat-choice.ts";
import type { ChatState } from "./chat-state.ts";

/** Takes over what was chosen now; what was not asked about stays. */
export function changeChoice(state: ChatState, { mode, tools }: ChatChoice): ChatState {
  return { ...state, ...(mode !== undefined && { mode }), ...(tools !== undefined && { tools }) };
}
