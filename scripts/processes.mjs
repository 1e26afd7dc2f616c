import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Starts a program in a process group of its own, so that `stopChild` ends its children too.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function startChild(command, parameters, options = {}) {
  const child = spawn(command, [...parameters], { detached: process.platform !== "win32", ...options });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Ends a child and everything that it started: asks first, insists after two seconds.
 * @param {ChildProcess} child
 */
export async function stopChild(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), 2000);
  signalGroup(child, "SIGTERM");
  await ended;
  clearTimeout(timer);
}

/** Ends every child that is still running. */
export async function stopAllChildren() {
  await Promise.all([...running].map(stopChild));
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {import("node:child_process").SpawnOptions & { readonly onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ readonly code: number, readonly output: string }>} exit code (a signal counts as 1) and both output streams
 */
export function runToEnd(command, parameters, { onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = startChild(command, parameters, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString();
      output += text;
      onOutput?.(text);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs npm as this process's own npm does, on every platform.
 * @param {readonly string[]} parameters
 * @param {import("node:child_process").SpawnOptions & { readonly onOutput?: (text: string) => void }} options
 */
export function runNpm(parameters, options) {
  const script = process.env["npm_execpath"];
  if (script?.endsWith(".js")) return runToEnd(process.execPath, [script, ...parameters], options);
  return runToEnd("npm", parameters, { ...options, shell: process.platform === "win32" });
}

/** @type {(() => void)[]} */
const undoings = [];

let interrupted = false;

/** @returns {boolean} whether the process is ending because it was told to */
export function isInterrupted() {
  return interrupted;
}

/**
 * Ends every child on Ctrl-C or a polite kill, then the process itself with the exit code that shells give a signal. They are in
 * process groups of their own, so the terminal's Ctrl-C does not reach them.
 */
export function endChildrenOnSignals() {
  const end = (/** @type {number} */ code) => {
    if (interrupted) return;
    interrupted = true;
    void stopAllChildren()
      .then(() => {
        for (const undo of undoings) undo();
      })
      .finally(() => process.exit(code));
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(143));
  process.on("SIGHUP", () => end(129));
  endWithParent(() => end(143));
}

/**
 * A signal to npm reaches the shell between npm and this process, and that one does not pass it on. `OUTCROP_CHILD` marks those of
 * our own scripts that others start.
 * @param {() => void} end
 */
function endWithParent(end) {
  if (process.env["npm_lifecycle_event"] === undefined && process.env["OUTCROP_CHILD"] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}

/**
 * Adds what else `endChildrenOnSignals` does after it ended the children.
 * @param {() => void} undo
 */
export function onInterruption(undo) {
  undoings.push(undo);
}

/**
 * Signals the process whose id a lock file holds, as VS Code's `code.lock` does; no such file or process is no error.
 * @param {string} file
 */
export function endLockHolder(file) {
  try {
    process.kill(Number.parseInt(readFileSync(file, "utf8"), 10), "SIGTERM");
  } catch {
    // It has ended already.
  }
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
