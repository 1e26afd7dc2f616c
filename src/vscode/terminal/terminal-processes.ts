import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

/** Between asking processes to end and ending them. */
const GRACE_MS = 2000;
const POLL_MS = 50;
/** A process that forks while it is looked for is found the next time. */
const MOST_ROUNDS = 20;

const run = promisify(execFile);

/** Finds processes that are not on the terminal any more: those that left it, where the platform tells. */
export type FindLeft = () => readonly number[];

/** Ends what a terminal's shell started, not the shell: what is on its terminal, and what left it. */
export async function endBelow(shellId: number, findLeft: FindLeft): Promise<void> {
  const find = async (): Promise<readonly number[]> => {
    const found = new Set([...(await onTerminalOf(shellId)), ...findLeft()]);
    found.delete(shellId);
    return [...found];
  };
  const running = await find();
  if (running.length === 0) return;
  for (const id of running) send(id, "SIGTERM");
  for (const until = Date.now() + GRACE_MS; Date.now() < until && (await find()).length > 0; ) await delay(POLL_MS);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const left = await find();
    if (left.length === 0) return;
    for (const id of left) send(id, "SIGKILL");
    await delay(POLL_MS);
  }
}

/** None where `ps` is not there. */
async function onTerminalOf(shellId: number): Promise<readonly number[]> {
  const listing = await run("ps", ["-A", "-o", "pid=,tty="]).catch(() => ({ stdout: "" }));
  const processes = listing.stdout.split("\n").flatMap((line) => {
    const [, id, terminal] = /^\s*(\d+)\s+(\S+)/.exec(line) ?? [];
    return id === undefined || terminal === undefined ? [] : [{ id: Number(id), terminal }];
  });
  const own = processes.find(({ id }) => id === shellId)?.terminal;
  if (own === undefined || /^\?+$/.test(own)) return [];
  return processes.filter(({ terminal }) => terminal === own).map(({ id }) => id);
}

function send(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name);
  } catch {
    // It has ended already.
  }
}
