import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { reduceChat } from "../protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../protocol/chat-state.ts";
import type { JournalContents } from "./journal.ts";

/** Where a session begins: empty, or as its journal left it. */
export interface SessionStart {
  readonly chat: ChatState;
  readonly messages: readonly Message[];
  /** What restoring added and the journal must still learn. */
  readonly repairs: readonly ChatEvent[];
}

export function newSession(sessionId: string): SessionStart {
  return { chat: emptyChat(sessionId), messages: [], repairs: [] };
}

/** A turn that was running when the process ended is marked interrupted: nothing goes on by itself. */
export function restoreSession({ sessionId, events, messages }: JournalContents, now: number): SessionStart {
  const chat = events.reduce(reduceChat, emptyChat(sessionId));
  if (chat.current === null) return { chat, messages, repairs: [] };
  const end: ChatEvent = { type: "turn-end", outcome: { kind: "interrupted" }, at: now };
  return { chat: reduceChat(chat, end), messages, repairs: [end] };
}
