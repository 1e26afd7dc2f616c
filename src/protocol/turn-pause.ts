/** What ran out, or went round in circles. */
export type PauseSubject =
  | "steps"
  | "tool-calls"
  | "wall-clock"
  | "subagents"
  | "dollars-per-turn"
  | "dollars-per-session"
  | "dollars-per-day"
  | "repetition"
  | "cycle"
  | "failing-edit";

/** Why a turn pauses: nothing more is sent or run until the user lets it go on, in a dialog of the editor. */
export interface TurnPause {
  readonly code: "E_BUDGET" | "E_LOOP";
  readonly what: PauseSubject;
  /** A sentence, for the user and for the model. */
  readonly message: string;
}
