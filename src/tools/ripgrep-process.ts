import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { ToolError } from "../agent/tool.ts";

const LONGEST_ERROR = 4000;

export interface RipgrepRun {
  readonly binary: string;
  readonly arguments: readonly string[];
  /** Absolute folder that it is started in. */
  readonly root: string;
  readonly signal: AbortSignal;
  /** Ends the process early; what was taken in until then counts. */
  readonly deadline: AbortSignal;
}

export interface Taken<Item> {
  readonly items: readonly Item[];
  readonly stoppedBy: "limit" | "deadline" | undefined;
  /** What was left out for another reason, each a short phrase. */
  readonly leftOut: readonly string[];
}

/**
 * Runs ripgrep and reads its output as it comes; the process is ended when `take` says that it has enough, by answering true for
 * `isFull`. Throws a `ToolError` where it cannot be started or refuses its arguments, the signal's reason when it is aborted.
 */
export async function runRipgrep<Item>(
  run: RipgrepRun,
  take: (output: AsyncIterable<Buffer>) => Promise<{ readonly items: readonly Item[]; readonly isFull: boolean }>,
): Promise<Taken<Item>> {
  const { signal, deadline } = run;
  const child = spawn(run.binary, run.arguments, {
    cwd: run.root,
    // Nothing is inherited, RIPGREP_CONFIG_PATH above all. Windows starts no program without SystemRoot.
    env: process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {},
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const ended = endOf(child);
  // Awaited below; until then a failed start must not count as unhandled.
  ended.catch(() => undefined);
  const stop = () => child.kill("SIGKILL");
  const either = AbortSignal.any([signal, deadline]);
  either.addEventListener("abort", stop, { once: true });
  try {
    if (either.aborted) stop();
    const { items, isFull } = await take(child.stdout);
    if (isFull) stop();
    const { exitCode, errors } = await ended;
    signal.throwIfAborted();
    // It ends with 2 when anything failed. With --no-messages its error text is left for what makes the run impossible.
    if (exitCode === 2 && errors.trim() !== "") throw new ToolError(errors.trim().slice(0, LONGEST_ERROR));
    const stoppedBy = deadline.aborted ? "deadline" : isFull ? "limit" : undefined;
    return { items, stoppedBy, leftOut: exitCode === 2 ? ["some files could not be read"] : [] };
  } finally {
    either.removeEventListener("abort", stop);
    stop();
  }
}

interface Ending {
  readonly exitCode: number | null;
  readonly errors: string;
}

async function endOf(child: ChildProcess): Promise<Ending> {
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    if (errors.length < LONGEST_ERROR) errors += chunk;
  });
  try {
    const [exitCode] = await once(child, "close");
    return { exitCode, errors };
  } catch (error) {
    throw new ToolError(`ripgrep could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
