import type { ChatEvent } from "../protocol/chat-event.ts";
import { reduceChat } from "../protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../protocol/chat-state.ts";
import type { KeptMessages } from "./message-log.ts";
import type { Prompt } from "./prompt.ts";
import type { JournalContents } from "./read-journal.ts";

/** Where a session begins: empty, or as its journal left it. */
export interface SessionStart extends KeptMessages {
  readonly chat: ChatState;
  /** What restoring added and the journal must still learn. */
  readonly repairs: readonly ChatEvent[];
  /** Ids of the tool calls about which the user was asked and has not answered; of those that run beside a question of the model too. */
  readonly waiting: readonly string[];
  /** All of the prompts that wait, by their ids in the queue. */
  readonly prompts?: Readonly<Record<string, Prompt>>;
  /** Content from outside the workspace is in the conversation. */
  readonly untrusted?: true;
  /** What of the session could not be read, for the user. */
  readonly damage?: string;
}

export function newSession(sessionId: string): SessionStart {
  return { chat: emptyChat(sessionId), messages: [], repairs: [], waiting: [] };
}

/** A turn that was running when the process ended is marked interrupted: nothing goes on by itself. */
export function restoreSession(contents: JournalContents, now: number): SessionStart {
  const { sessionId, events, damage, ...messages } = contents;
  const told = damage === undefined ? {} : { damage };
  const chat = events.reduce(reduceChat, emptyChat(sessionId));
  const waiting = unansweredCalls(events);
  if (chat.current === null) return { chat, ...messages, repairs: [], waiting, ...told };
  const end: ChatEvent = { type: "turn-end", outcome: { kind: "interrupted" }, at: endOf(events) ?? now };
  return { chat: reduceChat(chat, end), ...messages, repairs: [end], waiting, ...told };
}

/** When the last thing happened of which the time is known: the process did not live much longer. */
function endOf(events: readonly ChatEvent[]): number | undefined {
  return events.flatMap((event) => ("at" in event ? [event.at] : [])).at(-1);
}

function unansweredCalls(events: readonly ChatEvent[]): readonly string[] {
  const waiting = new Set<string>();
  const running = new Set<string>();
  const questions = new Set<string>();
  for (const event of events) {
    if (event.type === "tool-awaiting-approval") waiting.add(event.id);
    if (event.type === "tool-running" || event.type === "tool-end") waiting.delete(event.id);
    if (event.type === "tool-running") running.add(event.id);
    if (event.type === "tool-end") running.delete(event.id);
    if (event.type === "question") questions.add(event.id);
    if (event.type === "question-end") questions.delete(event.id);
    // No call and no question outlives its turn.
    if (event.type === "turn-end") for (const open of [running, questions]) open.clear();
  }
  return questions.size === 0 ? [...waiting] : [...waiting, ...running];
}
