import { hasCode } from "../chat/has-code.ts";

/** Windows has no signal by which a process could be asked. */
export const canAskToEnd = process.platform !== "win32";

/** Asks a process and all in its group to end; a terminal's process leads a group of its own. It may be gone already. */
export function askToEnd(processId: number): void {
  try {
    process.kill(-processId, "SIGTERM");
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}
