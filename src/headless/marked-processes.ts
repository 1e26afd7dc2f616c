import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const GRACE_MS = 1000;
const POLL_MS = 50;
/** A process that forks while it is looked for is found the next time. */
const MOST_ROUNDS = 20;

/**
 * Processes whose environment holds this assignment: the children of a command that left its process group, as daemons
 * do. Only Linux tells; elsewhere there are none.
 */
export function findMarked(assignment: string): readonly number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid) && isMarked(name, assignment))
    .map(Number);
}

/** Asks them to end, then ends them. */
export async function endMarked(assignment: string): Promise<void> {
  if (killMarked(assignment, "SIGTERM") === 0) return;
  for (let waited = 0; waited < GRACE_MS && findMarked(assignment).length > 0; waited += POLL_MS) await delay(POLL_MS);
  for (let round = 0; round < MOST_ROUNDS && killMarked(assignment, "SIGKILL") > 0; round++) await delay(POLL_MS);
}

/** Answers how many there were. */
export function killMarked(assignment: string, name: NodeJS.Signals): number {
  const found = findMarked(assignment);
  for (const id of found) {
    try {
      process.kill(id, name);
    } catch {
      // It has ended already.
    }
  }
  return found.length;
}

function isMarked(id: string, assignment: string): boolean {
  try {
    return readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(assignment);
  } catch {
    // It has ended, or is another user's.
    return false;
  }
}
