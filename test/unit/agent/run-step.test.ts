import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BrokenStream } from "../../../src/agent/stream-message.ts";
import { type FakeTiming, fakeTiming } from "../../support/fake-timing.ts";
import { playStep } from "../../support/play-step.ts";
import { messageStop, modelError, textBlock, textDelta } from "../../support/scripted-model.ts";

const answer = [...textBlock(0, "Hello"), messageStop("end_turn")];

describe("runStep", () => {
  it("sends the identical request again after a failure that may pass, and says so", async () => {
    const failure = modelError("throttled", 8);
    const { step, model, recorder, timing } = playStep({ replies: [[textDelta(0, "Hel"), failure], answer] });
    assert.deepEqual((await step).message, { role: "assistant", content: [{ text: "Hello" }] });
    assert.deepEqual(model.requests[1], model.requests[0]);
    assert.deepEqual(timing.waits, [750]);
    assert.deepEqual(recorder.events, [
      { type: "step-start", step: 3, attempt: 1, at: 1_000 },
      { type: "text-delta", block: 0, text: "Hel", at: 1000 },
      {
        type: "retry-scheduled",
        error: { ...failure.error, lastEvent: "contentBlockDelta" },
        retry: 1,
        retries: 8,
        delayMs: 750,
        at: 1_000,
      },
      { type: "step-start", step: 3, attempt: 2, at: 1_750 },
      { type: "text-delta", block: 0, text: "Hello", at: 1750 },
    ]);
  });

  it("doubles the wait with every retry, jittered over the upper half", async () => {
    const failures = Array.from({ length: 4 }, () => [modelError("server", 8)]);
    const shortest = playStep({ replies: [...failures, answer], timing: fakeTiming(0) });
    await shortest.step;
    assert.deepEqual(shortest.timing.waits, [500, 1_000, 2_000, 4_000]);
    const longest = playStep({ replies: [...failures, answer], timing: fakeTiming(0.999) });
    await longest.step;
    assert.deepEqual(longest.timing.waits, [1_000, 1_999, 3_998, 7_996]);
  });

  it("waits as long as the service asked, where that is longer", async () => {
    const replies = [[modelError("throttled", 8, 1_000, 12_000)], [modelError("throttled", 8, 1_000, 10)], answer];
    const { step, timing } = playStep({ replies });
    await step;
    assert.deepEqual(timing.waits, [12_000, 1_500]);
  });

  it("never waits longer than the limit", async () => {
    const { step, timing } = playStep({
      replies: [[modelError("throttled", 8, 1_000, 3_600_000)], answer],
      longestWaitMs: 5_000,
    });
    await step;
    assert.deepEqual(timing.waits, [5_000]);
  });

  it("gives up after as many retries as the kind of failure allows", async () => {
    const failure = modelError("model_error", 2);
    const { step, model, recorder } = playStep({ replies: [[failure], [failure], [failure], answer] });
    await assert.rejects(step, (error) => error instanceof BrokenStream && error.cause === failure);
    assert.equal(model.requests.length, 3);
    assert.deepEqual(
      recorder.of("retry-scheduled").map(({ retry, retries }) => [retry, retries]),
      [
        [1, 2],
        [2, 2],
      ],
    );
  });

  it("gives up after as many retries as the user allows", async () => {
    const failure = modelError("throttled", 8);
    const { step, model } = playStep({ replies: [[failure], [failure], answer], retries: 1 });
    await assert.rejects(step, BrokenStream);
    assert.equal(model.requests.length, 2);
  });

  it("does not retry a failure that would only repeat itself, nor a bug", async () => {
    for (const failure of [modelError("validation"), new Error("a bug")]) {
      const { step, model, timing } = playStep({ replies: [[failure], answer] });
      await assert.rejects(step, (error) => error instanceof BrokenStream && error.cause === failure);
      assert.equal(model.requests.length, 1);
      assert.deepEqual(timing.waits, []);
    }
  });

  it("counts on from the attempt that an earlier run of the step had come to", async () => {
    const { step, recorder } = playStep({ replies: [[modelError("network", 3)], answer], firstAttempt: 2 });
    await step;
    assert.deepEqual(
      recorder.of("step-start").map(({ attempt }) => attempt),
      [2, 3],
    );
  });

  it("ends in the middle of the wait when stopped, with the text that was there", async () => {
    const controller = new AbortController();
    const timing: FakeTiming = {
      ...fakeTiming(),
      wait: async (_, signal) => {
        controller.abort();
        signal.throwIfAborted();
      },
    };
    const replies = [[textDelta(0, "Hel"), modelError("network", 3)], answer];
    const { step, model } = playStep({ replies, timing, signal: controller.signal });
    await assert.rejects(step, (error) => {
      assert.ok(error instanceof BrokenStream);
      assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "Hel" }] });
      return true;
    });
    assert.equal(model.requests.length, 1);
  });

  it("does not schedule a retry once stopped", async () => {
    const controller = new AbortController();
    const stopAndFail = async (): Promise<void> => {
      controller.abort();
      throw modelError("network", 3);
    };
    const { step, recorder } = playStep({ replies: [[stopAndFail], answer], signal: controller.signal });
    await assert.rejects(step, BrokenStream);
    assert.deepEqual(recorder.types, ["step-start"]);
  });
});
