import type { CommandCall } from "../agent/tool.ts";

export interface ProgramOptions {
  /** Whether git may run the repository's hooks: only where the user saw the command. */
  readonly withHooks: boolean;
  readonly signal: AbortSignal;
  /** Gets what it prints as it comes, with terminal control sequences. */
  output(text: string): void;
}

/** What `run_command` needs: a shell with a bounded environment and no standard input. */
export interface ProgramRunner {
  /** The program that reads the line, absolute: a rule holds for one shell. */
  readonly shell: string;
  /** What the line runs with, for the user: which part of the environment, what is pinned. */
  readonly environment: string;
  /**
   * Runs the line until it ends and answers with its exit code, 128 + N after signal N; undefined where a terminal does not
   * tell it. What it leaves behind ends with it. Aborting ends all of it; the promise then rejects with the signal's reason
   * once it has ended. Throws what `check` throws.
   */
  run(command: CommandCall, options: ProgramOptions): Promise<number | undefined>;
  /** Throws a `ToolError`, E_STALE where `cwd` leads elsewhere now. */
  check(command: CommandCall): Promise<void>;
}
