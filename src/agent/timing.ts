/** The clock and the dice, so that tests need neither. */
export interface Timing {
  readonly now: () => number;
  /** [0, 1) */
  readonly random: () => number;
  /** Rejects with the signal's reason when aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}
