/** Sizes in tokens, estimated from the number of characters. */
export interface TokenEstimates {
  readonly before: number;
  readonly after: number;
}

/**
 * How a history that grew too long is sent: the messages before `before` have their tool results shortened to a line
 * each, or are replaced by a summary. The history itself is kept, so a compaction can be undone.
 */
export type Compaction =
  | { readonly kind: "trim"; readonly id: number; readonly before: number }
  | { readonly kind: "summary"; readonly id: number; readonly before: number; readonly text: string };
