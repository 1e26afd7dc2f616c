import type { ChatState } from "../protocol/chat-state.ts";

/** What waits for the user, as a notice names it. */
export interface Waiting {
  readonly id: string;
  readonly title: string;
}

/** The questions that wait for the user, in order. Not in the model's words: VS Code makes links of what a notification says. */
export function waitingQuestions({ current }: ChatState): readonly Waiting[] {
  return (current?.questions ?? []).map(({ id }) => ({ id, title: "The model has a question for you." }));
}

/** How much waits, in two words: 2 approvals. */
export function countWaiting(approvals: number, questions: number): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  if (questions === 0) return plural(approvals, "approval");
  return approvals === 0 ? plural(questions, "question") : `${approvals + questions} approvals and questions`;
}
