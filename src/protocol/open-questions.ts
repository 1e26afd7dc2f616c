import type { ChatEvent } from "./chat-event.ts";
import type { Turn } from "./chat-state.ts";

/** The turn with one more question that waits. */
export function openQuestion(turn: Turn, { id, question }: Extract<ChatEvent, { type: "question" }>): Turn {
  return { ...turn, questions: [...(turn.questions ?? []), { id, ...question }] };
}

export function closeQuestion(turn: Turn, id: string): Turn {
  const left = (turn.questions ?? []).filter((question) => question.id !== id);
  return left.length > 0 ? { ...turn, questions: left } : withoutQuestions(turn);
}

/** No question outlives its turn. */
export function withoutQuestions({ questions: _, ...turn }: Turn): Turn {
  return turn;
}
