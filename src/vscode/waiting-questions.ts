import type { ChatState } from "../protocol/chat-state.ts";
import { formatNumber, plural, t } from "../protocol/localize.ts";

/** What waits for the user, as a notice names it. */
export interface Waiting {
  readonly id: string;
  readonly title: string;
}

/** The questions that wait for the user, in order. Not in the model's words: VS Code makes links of what a notification says. */
export function waitingQuestions({ current }: ChatState): readonly Waiting[] {
  return (current?.questions ?? []).map(({ id }) => ({ id, title: t("The model has a question for you.") }));
}

/** How much waits, in two words: 2 approvals. */
export function countWaiting(approvals: number, questions: number): string {
  if (questions === 0) return plural(approvals, "{0} approval", "{0} approvals");
  if (approvals === 0) return plural(questions, "{0} question", "{0} questions");
  return t("{0} approvals and questions", formatNumber(approvals + questions));
}
