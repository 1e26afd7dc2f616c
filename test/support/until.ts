import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

const pollMs = 50;
const patienceMs = 30_000;

/** Asks again until `condition` holds, however slow the machine is; fails with `what` where it never does. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline) assert.fail(`waited in vain until ${what}`);
    await delay(pollMs);
  }
}

/** Reads again until the value is as expected; fails with the difference of what was read last. */
export async function untilEqual<Value>(read: () => Value | Promise<Value>, expected: Value): Promise<void> {
  await untilAccepted(read, (value) => assert.deepEqual(value, expected));
}

/** Reads again until the text matches; fails with what was read last. */
export async function untilMatches(read: () => string | null | Promise<string | null>, pattern: RegExp): Promise<void> {
  await untilAccepted(read, (text) => assert.match(text ?? "", pattern));
}

async function untilAccepted<Value>(read: () => Value | Promise<Value>, accept: (value: Value) => void): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await read();
    try {
      return accept(value);
    } catch (difference) {
      if (performance.now() > deadline) throw difference;
    }
    await delay(pollMs);
  }
}
