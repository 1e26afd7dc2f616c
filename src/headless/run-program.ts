import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ToolError } from "../agent/tool.ts";
import { endMarked, killMarked } from "./marked-processes.ts";
import type { ProgramCall } from "./shell-command.ts";

/** Between asking the processes to end and ending them. */
const GRACE_MS = 2000;
const POLL_MS = 50;
/** How long output may still come from processes that outlive the one that was started. */
const DRAIN_MS = 500;

export interface ProgramRun {
  readonly call: ProgramCall;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A program that nobody waits for must not keep this process alive; it ends with this process. */
  readonly isBackground: boolean;
  /** An assignment of the environment, by which processes that left the group are found where the platform tells. */
  readonly mark?: string;
}

/**
 * Runs a program in a process group of its own, without input, until it ends: its exit code, 128 + N after signal N.
 * What it left behind is ended with it. Rejects with the signal's reason once all has ended; throws a `ToolError` where it cannot be started.
 */
export async function runProgram(
  run: ProgramRun,
  signal: AbortSignal,
  output: (text: string) => void,
): Promise<number> {
  signal.throwIfAborted();
  const child = start(run, output);
  const closed = once(child, "close").catch(() => undefined);
  let ended: Promise<void> = Promise.resolve();
  const end = () => {
    ended = endAll(child, run.mark);
  };
  const endNow = () => {
    killGroup(child, "SIGKILL");
    if (run.mark !== undefined) killMarked(run.mark, "SIGKILL");
  };
  signal.addEventListener("abort", end, { once: true });
  process.once("exit", endNow);
  try {
    const [code, name] = await once(child, "exit");
    await Promise.race([closed, delay(DRAIN_MS)]);
    await ended;
    await endAll(child, run.mark);
    signal.throwIfAborted();
    return code ?? 128 + signalNumber(name);
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${run.call.program} could not be started in ${run.cwd}: ${reason}`);
  } finally {
    signal.removeEventListener("abort", end);
    process.off("exit", endNow);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

function start({ call, cwd, env, isBackground }: ProgramRun, output: (text: string) => void): ChildProcess {
  const child = spawn(call.program, call.parameters, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that ending it reaches everything that it started. Windows has none; there taskkill follows the tree.
    detached: process.platform !== "win32",
    windowsHide: true,
    windowsVerbatimArguments: call.verbatim,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", output);
    if (isBackground && stream instanceof Socket) stream.unref();
  }
  if (isBackground) child.unref();
  return child;
}

async function endAll(child: ChildProcess, mark: string | undefined): Promise<void> {
  await endGroup(child);
  if (mark !== undefined) await endMarked(mark);
}

async function endGroup(child: ChildProcess): Promise<void> {
  killGroup(child, "SIGTERM");
  for (let waited = 0; waited < GRACE_MS && signalGroup(child, 0); waited += POLL_MS) await delay(POLL_MS);
  killGroup(child, "SIGKILL");
}

function killGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (process.platform !== "win32") {
    signalGroup(child, name);
    return;
  }
  if (child.pid === undefined || child.exitCode !== null) return;
  const taskkill = join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", "taskkill.exe");
  // Where it fails the tree has ended already.
  spawn(taskkill, ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on(
    "error",
    () => undefined,
  );
}

/** Whether the group still existed. Signal 0 only asks. */
function signalGroup(child: ChildProcess, name: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(process.platform === "win32" ? child.pid : -child.pid, name);
  } catch {
    return false;
  }
}

function signalNumber(name: unknown): number {
  const [, number = 0] = Object.entries(constants.signals).find(([known]) => known === name) ?? [];
  return number;
}
