import type { Question, QuestionAnswer } from "../protocol/question.ts";

/** A person who can be asked. */
export interface UserQuestions {
  /**
   * Resolves when they have answered, however long that takes. Rejects with the signal's reason, and with a `ToolError`
   * where nobody is there.
   */
  ask(question: Question, signal: AbortSignal): Promise<QuestionAnswer>;
}
