import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RunningCalls } from "../../../src/chat/running-calls.ts";
import { EventRecorder } from "../../support/event-recorder.ts";

function open(endsAt: number | null) {
  const recorder = new EventRecorder();
  const calls = new RunningCalls(recorder.emit, () => 9);
  const controller = new AbortController();
  const choice = calls.ask("c1", endsAt, controller.signal);
  choice.catch(() => undefined);
  return { calls, recorder, controller, choice };
}

describe("RunningCalls", () => {
  it("offers the choice on the screen and settles with it, once", async () => {
    const { calls, recorder, choice } = open(100);
    assert.deepEqual(recorder.events, [{ type: "tool-still-running", id: "c1", endsAt: 100, at: 9 }]);
    calls.choose("c2", "stop");
    calls.choose("c1", "use-output");
    calls.choose("c1", "stop");
    assert.equal(await choice, "use-output");
  });

  it("does not take a wait that is not offered", async () => {
    const { calls, choice } = open(null);
    calls.choose("c1", "wait");
    calls.choose("c1", "stop");
    assert.equal(await choice, "stop");
  });

  it("ends with the call", async () => {
    const { calls, controller, choice } = open(100);
    controller.abort(new Error("over"));
    calls.choose("c1", "stop");
    await assert.rejects(choice, /over/);
  });
});
