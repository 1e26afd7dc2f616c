import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "./has-code.ts";
import { liveHolder } from "./session-lock.ts";

/** How many other processes hold a chat below `sessions`, the folder of all workspaces: windows in which one is open. */
export async function countOtherWindows(sessions: string, pid: number): Promise<number> {
  const names = await readdir(sessions, { recursive: true }).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  const locks = names.filter((name) => name.endsWith(".lock"));
  const holders = new Set(await Promise.all(locks.map((name) => liveHolder(join(sessions, name)))));
  return [...holders].filter((holder) => holder !== undefined && holder !== pid).length;
}
