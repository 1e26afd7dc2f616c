import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Waits until a process has ended. Ended ones may wait for a parent that collects them; those count as gone. */
export async function untilGone(processId: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const status = await readFile(`/proc/${processId}/stat`, "utf8").catch(() => "");
    const isGone = process.platform === "linux" ? status === "" || / Z /.test(status) : !isAlive(processId);
    if (isGone) return;
    await delay(50);
  }
  assert.fail(`process ${processId} still runs`);
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
