import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Watchdog } from "../../../src/bedrock/watchdog.ts";

describe("Watchdog", () => {
  it("aborts what is silent for too long and says in which phase", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const attempt = new AbortController();
    const watchdog = new Watchdog(attempt);
    watchdog.arm("first-byte", 100);
    test.mock.timers.tick(99);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired], [false, undefined]);
    watchdog.arm("idle", 50);
    test.mock.timers.tick(49);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired], [false, undefined]);
    test.mock.timers.tick(1);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired], [true, "idle"]);
    assert.deepEqual(attempt.signal.reason, new Error("Nothing received for 50 ms."));
  });

  it("does nothing once disarmed", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const attempt = new AbortController();
    const watchdog = new Watchdog(attempt);
    watchdog.arm("idle", 10);
    watchdog.disarm();
    test.mock.timers.tick(1_000);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired], [false, undefined]);
  });
});
