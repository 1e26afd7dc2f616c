import { randomUUID } from "node:crypto";
import type { CommandCall } from "../../agent/tool.ts";
import type { ProgramOptions, ProgramRunner } from "../../tools/program-runner.ts";
import { CommandTerminal } from "./command-terminal.ts";
import { typedLine } from "./quote-line.ts";

/** How long shell integration is waited for until it came once in this window, and then. */
const INTEGRATION_MS = { unknown: 5_000, there: 30_000 };

/** What a terminal's shell starts with, and how its processes are found again. */
export interface TerminalEnvironment {
  /** `mark` tells the processes of one terminal from all others. */
  variables(mark: string): Readonly<Record<string, string>>;
  findMarked(mark: string): readonly number[];
}

export interface TerminalProgramsOptions {
  /** Runs what no terminal runs. */
  readonly headless: ProgramRunner;
  readonly environment: TerminalEnvironment;
  readonly mayUse: () => boolean;
}

interface Opened {
  readonly terminal: CommandTerminal;
  /** The variables but for the mark, as text. */
  readonly variables: string;
}

/**
 * Runs a command that the user allowed in a terminal of the editor, where it can be seen, and every other one without: what a
 * rule lets through runs where nothing can change what its line means. Either way the same shell gets the same line, in the same environment.
 */
export class TerminalPrograms implements ProgramRunner {
  readonly shell: string;
  readonly #options: TerminalProgramsOptions;
  #opened: readonly Opened[] = [];
  /** Where the first terminal got none, it is not waited for again in this window; where one did, a later one is only slow. */
  #integration: keyof typeof INTEGRATION_MS | "missing" = "unknown";

  constructor(options: TerminalProgramsOptions) {
    this.#options = options;
    this.shell = options.headless.shell;
  }

  get environment(): string {
    return this.#options.headless.environment;
  }

  async run(command: CommandCall, options: ProgramOptions): Promise<number | undefined> {
    const { headless, mayUse } = this.#options;
    const typed = typedLine(command.shell, command.line);
    if (typed === undefined || !options.withHooks || !mayUse() || this.#integration === "missing")
      return headless.run(command, options);
    await headless.check(command);
    const terminal = await this.#terminal(command, INTEGRATION_MS[this.#integration], options.signal);
    if (terminal === undefined) {
      if (this.#integration === "unknown") this.#integration = "missing";
      return headless.run(command, options);
    }
    this.#integration = "there";
    return terminal.run(typed, options.signal, options.output);
  }

  async check(command: CommandCall): Promise<void> {
    await this.#options.headless.check(command);
  }

  dispose(): void {
    for (const { terminal } of this.#opened) terminal.dispose();
    this.#opened = [];
  }

  async #terminal(
    { shell, cwd }: CommandCall,
    integrationMs: number,
    signal: AbortSignal,
  ): Promise<CommandTerminal | undefined> {
    const { environment } = this.#options;
    const variables = JSON.stringify(environment.variables(""));
    const free = this.#opened.find(
      (one) => one.terminal.isFree && one.terminal.cwd === cwd && one.variables === variables,
    );
    if (free !== undefined) return free.terminal.reserve();
    const mark = randomUUID();
    const options = {
      ...{ shell, cwd, environment: environment.variables(mark) },
      findLeft: () => environment.findMarked(mark),
      integrationMs,
    };
    const terminal = await CommandTerminal.open(options, signal);
    if (terminal !== undefined) {
      this.#opened = [...this.#opened.filter((one) => one.terminal.isOpen), { terminal, variables }];
    }
    return terminal?.reserve();
  }
}
