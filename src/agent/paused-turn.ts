import type { TurnPause } from "../protocol/turn-pause.ts";

/** Thrown where a turn may not go on unless the user says so; ends it as `paused`. */
export class PausedTurn extends Error {
  override readonly name = "PausedTurn";
  readonly pause: TurnPause;

  constructor(pause: TurnPause) {
    super(pause.message);
    this.pause = pause;
  }
}
