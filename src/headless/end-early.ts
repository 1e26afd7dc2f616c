/** What a run can be ended in the middle of. */
export interface StoppableTurn {
  readonly isRunning: boolean;
  stop(): void;
}

/** The exit code that shells give a program that a signal ended: 128 + its number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
const BROKEN_PIPE = 141;

/** The first signal stops the turn, which still ends as it should; a second one, or one without a turn, ends the process at once. */
export function endOnSignals(turn: StoppableTurn): void {
  let stopping = false;
  for (const [name, exitCode] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (stopping || !turn.isRunning) process.exit(exitCode);
      stopping = true;
      turn.stop();
    });
  }
}

/** Nobody reads any more, as behind `| head`: stops the turn without a word. Answers whether that happened, as an exit code. */
export function endOnBrokenPipe(turn: StoppableTurn): () => number | undefined {
  let exitCode: number | undefined;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (!("code" in error) || error.code !== "EPIPE") throw error;
      exitCode = BROKEN_PIPE;
      turn.stop();
    });
  }
  return () => exitCode;
}
