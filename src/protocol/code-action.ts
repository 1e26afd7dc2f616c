/** What may be done with a code block of an answer. Each is the user's own press; nothing is run. */
export type CodeAction = "insert-at-cursor" | "apply-in-editor" | "new-file" | "terminal";

/** A code block of an answer, as it is shown. */
export interface AnswerCode {
  /** Without an end of line. */
  readonly text: string;
  /** As the model named it, for example `ts`; empty where it did not. */
  readonly language: string;
  /** The path that the answer names for it, as the model wrote it; absent where it names none. */
  readonly file?: string;
}
