import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { drain } from "../drain.ts";
import { cleanBash } from "./clean-bash.ts";
import { endBelow, type FindLeft } from "./terminal-processes.ts";

export const terminalName = "Outcrop";

/** How long VS Code may take to start the shell: on a busy machine more than a shell takes to tell. */
const OPENING_MS = 30_000;
/** How long processes may take to end after Ctrl+C, and the shell to tell it when they were ended. */
const INTERRUPT_MS = 1000;
const ENDING_MS = 4000;
/** How long nothing more may come of the output of a command that has ended, until what came counts as all. */
const SILENCE_MS = 2000;

/** Where VS Code has its script for bash, by version: code.visualstudio.com/docs/terminal/shell-integration#_manual-installation. */
const SCRIPTS = ["common/scripts", "browser/media"].map((folder) =>
  join("out", "vs", "workbench", "contrib", "terminal", ...folder.split("/"), "shellIntegration-bash.sh"),
);

export interface TerminalOptions {
  readonly shell: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly findLeft: FindLeft;
  /** How long the shell may take to tell that VS Code understands it, once it runs. */
  readonly integrationMs: number;
}

/** VS Code's script for bash in this installation; undefined where there is none. */
function integrationScript(): string | undefined {
  return SCRIPTS.map((path) => join(vscode.env.appRoot, path)).find(existsSync);
}

/**
 * A terminal of the editor in which commands are run one at a time. Its bash reads VS Code's script and no start file of the
 * user, and has the environment that it is given and nothing else; `!` has no meaning in it, and it keeps no history.
 */
export class CommandTerminal {
  readonly #terminal: vscode.Terminal;
  readonly #findLeft: FindLeft;
  readonly cwd: string;
  #isBusy = false;

  private constructor(terminal: vscode.Terminal, { cwd, findLeft }: TerminalOptions) {
    this.#terminal = terminal;
    this.cwd = cwd;
    this.#findLeft = findLeft;
  }

  /** Shown without the focus. Undefined where no shell integration comes. */
  static async open(options: TerminalOptions, signal: AbortSignal): Promise<CommandTerminal | undefined> {
    const script = integrationScript();
    if (script === undefined || !options.shell.endsWith("/bash")) return undefined;
    const environment = { ...options.environment, HISTFILE: "" };
    const terminal = vscode.window.createTerminal({
      name: terminalName,
      iconPath: new vscode.ThemeIcon("sparkle"),
      shellPath: options.shell,
      shellArgs: cleanBash(Object.keys(environment), ["--noprofile", "--init-file", script, "+H"]),
      cwd: options.cwd,
      env: environment,
      strictEnv: true,
      isTransient: true,
    });
    terminal.show(true);
    if (await isUnderstood(terminal, options.integrationMs, signal)) return new CommandTerminal(terminal, options);
    terminal.dispose();
    signal.throwIfAborted();
    return undefined;
  }

  get isOpen(): boolean {
    return this.#terminal.exitStatus === undefined;
  }

  /** Nothing runs in it, and the user has not gone elsewhere in it. */
  get isFree(): boolean {
    const { shellIntegration } = this.#terminal;
    const isIdle = this.isOpen && !this.#isBusy;
    return isIdle && (shellIntegration?.cwd === undefined || shellIntegration.cwd.fsPath === this.cwd);
  }

  /** The next command is the caller's, until it has run. */
  reserve(): this {
    this.#isBusy = true;
    return this;
  }

  /**
   * Runs what is typed until it ends: its exit code, undefined where the terminal does not tell. What it left running ends with it.
   * Aborting ends all of it, then the signal's reason is thrown.
   */
  async run(typed: string, signal: AbortSignal, output: (text: string) => void): Promise<number | undefined> {
    const integration = this.#terminal.shellIntegration;
    if (integration === undefined) throw new Error("The terminal has no shell integration.");
    this.reserve();
    const interruption = new Interruption(signal, () => this.#end(ended));
    const execution = integration.executeCommand(typed);
    const ended = endOf(execution, this.#terminal);
    let pieces = 0;
    const read = readAll(execution, (text) => {
      pieces += 1;
      output(text);
    });
    try {
      if (signal.aborted) interruption.begin();
      const exitCode = await Promise.race([ended.promise, interruption.done]);
      // What ends it must not go on to the next command.
      if (signal.aborted) await interruption.done;
      await drain(read, () => pieces, { silenceMs: SILENCE_MS, signal });
      await this.#endLeft();
      signal.throwIfAborted();
      return exitCode;
    } finally {
      ended.dispose();
      interruption.dispose();
      this.#isBusy = false;
    }
  }

  /** As a person would first: Ctrl+C. Then all that is on the terminal is ended, and at last the terminal. */
  async #end(ended: Ending): Promise<undefined> {
    this.#terminal.sendText("\u0003", false);
    if (await isOver(ended, INTERRUPT_MS)) return;
    await this.#endLeft();
    if (!(await isOver(ended, ENDING_MS))) this.#terminal.dispose();
  }

  async #endLeft(): Promise<void> {
    const id = await this.#terminal.processId;
    if (id !== undefined) await endBelow(id, this.#findLeft);
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}

async function isUnderstood(terminal: vscode.Terminal, limitMs: number, signal: AbortSignal): Promise<boolean> {
  if (terminal.shellIntegration !== undefined) return true;
  const subscriptions: vscode.Disposable[] = [];
  const come = new Promise<boolean>((resolve) => {
    subscriptions.push(
      vscode.window.onDidChangeTerminalShellIntegration((event) => {
        if (event.terminal === terminal) resolve(true);
      }),
      vscode.window.onDidCloseTerminal((closed) => {
        if (closed === terminal) resolve(false);
      }),
    );
    signal.addEventListener("abort", () => resolve(false), { once: true });
  });
  const late = new AbortController();
  const wait = (milliseconds: number) => delay(milliseconds, false, { signal: late.signal }).catch(() => false);
  const started = Promise.race([terminal.processId, wait(OPENING_MS)]);
  const waited = started.then(() => wait(limitMs));
  const isThere = await Promise.race([come, waited]);
  late.abort();
  for (const subscription of subscriptions) subscription.dispose();
  return isThere && !signal.aborted;
}

interface Ending extends vscode.Disposable {
  readonly promise: Promise<number | undefined>;
}

/** The end of the command, or of its terminal. */
function endOf(execution: vscode.TerminalShellExecution, terminal: vscode.Terminal): Ending {
  const subscriptions: vscode.Disposable[] = [];
  const promise = new Promise<number | undefined>((resolve) => {
    subscriptions.push(
      vscode.window.onDidEndTerminalShellExecution((event) => {
        if (event.execution === execution) resolve(event.exitCode);
      }),
      vscode.window.onDidCloseTerminal((closed) => {
        if (closed === terminal) resolve(undefined);
      }),
    );
  });
  return { promise, dispose: () => vscode.Disposable.from(...subscriptions).dispose() };
}

async function isOver({ promise }: Ending, milliseconds: number): Promise<boolean> {
  return Promise.race([promise.then(() => true), delay(milliseconds, false)]);
}

async function readAll(execution: vscode.TerminalShellExecution, output: (text: string) => void): Promise<void> {
  for await (const text of execution.read()) output(text);
}

/** Ends the command once, when the signal says so. */
class Interruption {
  readonly done: Promise<undefined>;
  readonly begin: () => void;
  readonly dispose: () => void;

  constructor(signal: AbortSignal, end: () => Promise<undefined>) {
    let settle: (ending: Promise<undefined>) => void = () => undefined;
    this.done = new Promise((resolve) => {
      settle = resolve;
    });
    let begun: Promise<undefined> | undefined;
    this.begin = () => {
      begun ??= end();
      settle(begun);
    };
    signal.addEventListener("abort", this.begin, { once: true });
    this.dispose = () => signal.removeEventListener("abort", this.begin);
  }
}
