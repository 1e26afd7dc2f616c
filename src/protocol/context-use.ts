/** What the model's window was filled with when a step was over, in tokens. */
export interface ContextUse {
  readonly system: number;
  readonly tools: number;
  /** The conversation, the step's own answer included. */
  readonly history: number;
  readonly attachments: number;
  /** The model's window. */
  readonly window: number;
  /** The most that the next answer may take. */
  readonly reserved?: number;
  /** The service counted the sum. How it is shared out is an estimate all the same. */
  readonly counted?: true;
}
