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
    watchdog.arm("thinking", 50);
    test.mock.timers.tick(49);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired], [false, undefined]);
    test.mock.timers.tick(1);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired], [true, { phase: "thinking", limitMs: 50 }]);
    assert.deepEqual(attempt.signal.reason, new Error("Nothing received for 50 ms."));
  });

  it("lets the user take their time, and counts anew when they are done", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const attempt = new AbortController();
    const told: unknown[] = [];
    let isAsked = true;
    const watchdog = new Watchdog(
      attempt,
      (silence) => void told.push(silence),
      () => isAsked,
    );
    watchdog.arm("first-byte", 100_000);
    const wait = (seconds: number): void => {
      for (let second = 0; second < seconds; second++) test.mock.timers.tick(1_000);
    };
    wait(250);
    assert.deepEqual([attempt.signal.aborted, told], [false, []]);
    isAsked = false;
    wait(20);
    assert.deepEqual(
      [attempt.signal.aborted, told],
      [false, [{ phase: "first-byte", silentMs: 30_000, limitMs: 100_000 }]],
    );
    wait(70);
    assert.equal(attempt.signal.aborted, true);
  });

  it("does nothing once disarmed", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const attempt = new AbortController();
    const told: unknown[] = [];
    const watchdog = new Watchdog(attempt, (silence) => void told.push(silence));
    watchdog.arm("text", 10);
    watchdog.disarm();
    test.mock.timers.tick(1_000);
    assert.deepEqual([attempt.signal.aborted, watchdog.fired, told], [false, undefined, []]);
  });

  it("B5.81 tells of a long silence after half a minute and then every ten seconds, before it ends it", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const told: unknown[] = [];
    const watchdog = new Watchdog(new AbortController(), (silence) => void told.push(silence));
    watchdog.arm("thinking", 100_000);
    for (let second = 0; second < 120; second++) test.mock.timers.tick(1_000);
    assert.deepEqual(
      told,
      [30, 40, 50, 60, 70, 80, 90].map((seconds) => ({
        phase: "thinking",
        silentMs: seconds * 1_000,
        limitMs: 100_000,
      })),
    );
  });

  it("tells of a silence with a short limit after a third of it", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const told: unknown[] = [];
    const watchdog = new Watchdog(new AbortController(), (silence) => void told.push(silence));
    watchdog.arm("tool-input", 6_000);
    test.mock.timers.tick(6_000);
    assert.deepEqual(told, [{ phase: "tool-input", silentMs: 2_000, limitMs: 6_000 }]);
  });

  it("waits for the end of a whole message without a word", (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const told: unknown[] = [];
    const attempt = new AbortController();
    const watchdog = new Watchdog(attempt, (silence) => void told.push(silence));
    watchdog.armQuietly(1_500);
    test.mock.timers.tick(1_500);
    assert.deepEqual([attempt.signal.aborted, told], [true, []]);
  });
});
