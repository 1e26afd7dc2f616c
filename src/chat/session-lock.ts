import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./has-code.ts";

/** Gives the lock back; calling it again does nothing. */
export type Release = () => Promise<void>;

/**
 * Locks a session for this process: a file with its pid. Undefined where another live process holds it. A lock whose
 * process is gone is taken over.
 */
export async function lockSession(path: string, pid: number): Promise<Release | undefined> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (!(await create(path, pid))) {
    const holder = await holderOf(path);
    if (holder !== pid && isAlive(holder)) return undefined;
    await rm(path, { force: true });
    if (!(await create(path, pid))) return undefined;
  }
  return async () => {
    if ((await holderOf(path)) === pid) await rm(path, { force: true });
  };
}

/** When a lock was made whose process ended without giving it back (ms since the epoch); undefined for any other. */
export async function abandonedSince(path: string): Promise<number | undefined> {
  const holder = await holderOf(path);
  if (Number.isNaN(holder) || isAlive(holder)) return undefined;
  return (await stat(path)).mtimeMs;
}

/** The process that holds the lock, where it lives. */
export async function liveHolder(path: string): Promise<number | undefined> {
  const holder = await holderOf(path);
  return isAlive(holder) ? holder : undefined;
}

async function create(path: string, pid: number): Promise<boolean> {
  try {
    await writeFile(path, `${pid}\n`, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** NaN where nothing readable is there. */
async function holderOf(path: string): Promise<number> {
  try {
    return Number.parseInt(await readFile(path, "utf8"), 10);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return Number.NaN;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return hasCode(error, "EPERM");
  }
}
