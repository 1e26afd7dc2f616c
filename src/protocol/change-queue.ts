import type { ChatEvent } from "./chat-event.ts";
import type { ChatState } from "./chat-state.ts";
import type { QueuedPrompt } from "./queued-prompt.ts";

type QueueEvent = Extract<ChatEvent, { type: "queued" | "unqueued" }>;

/** The prompts that wait, oldest first. */
export function changeQueue(state: ChatState, event: QueueEvent): ChatState {
  const waiting = state.queued ?? [];
  if (event.type === "queued") return withQueue(state, [...waiting, event.prompt]);
  return withQueue(
    state,
    waiting.filter(({ id }) => !event.ids.includes(id)),
  );
}

function withQueue({ queued: _, ...state }: ChatState, queued: readonly QueuedPrompt[]): ChatState {
  return queued.length === 0 ? state : { ...state, queued };
}
