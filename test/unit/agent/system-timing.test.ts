import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemTiming } from "../../../src/agent/system-timing.ts";

describe("systemTiming", () => {
  it("waits as long as it is asked to", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    let done = false;
    const waiting = systemTiming.wait(5_000, new AbortController().signal).then(() => {
      done = true;
    });
    test.mock.timers.tick(4_999);
    await Promise.resolve();
    assert.equal(done, false);
    test.mock.timers.tick(1);
    await waiting;
    assert.equal(done, true);
  });

  it("ends a wait with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const waiting = systemTiming.wait(600_000, controller.signal);
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    await assert.rejects(systemTiming.wait(600_000, controller.signal), reason);
  });
});
