/** Sizes in tokens, estimated from the number of characters. */
export interface TokenEstimates {
  readonly before: number;
  readonly after: number;
}

/** A tool result of which the model gets the first line only. */
export interface ShortenedResult {
  readonly tool: string;
  /** The input of the call as JSON text, cut where it is long. */
  readonly input: string;
  /** Its length before. */
  readonly characters: number;
}

/**
 * How a history that grew too long is sent: the messages before `before` have their tool results shortened to a line
 * each, or are replaced by a summary. The history itself is kept, so a compaction can be undone.
 */
export type Compaction =
  | {
      readonly kind: "trim";
      readonly id: number;
      readonly before: number;
      /** What became shorter, oldest first. */
      readonly shortened?: readonly ShortenedResult[];
    }
  | { readonly kind: "summary"; readonly id: number; readonly before: number; readonly text: string };
