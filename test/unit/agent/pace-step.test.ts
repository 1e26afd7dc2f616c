import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import { BrokenStream } from "../../../src/agent/stream-message.ts";
import { playStep } from "../../support/play-step.ts";
import {
  messageStop,
  modelError,
  refusedFeature,
  textBlock,
  throttledBy,
  untilStopped,
} from "../../support/scripted-model.ts";

const answer = [...textBlock(0, "Hello"), messageStop("end_turn")];

describe("runStep and the pace", () => {
  it("waits before it is refused, and says why", async () => {
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    pace.send(900)({ inputTokens: 40, outputTokens: 10, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 });
    pace.send(950);
    pace.throttled("Too many requests", 0, 950);
    const { step, recorder, timing } = playStep({ replies: [answer], pace });
    await step;
    assert.deepEqual(timing.waits, [59_900]);
    assert.deepEqual(recorder.events.slice(0, 2), [
      { type: "pace", reason: "requests-per-minute", delayMs: 59_900, limit: 1, at: 1_000 },
      { type: "step-start", step: 3, attempt: 1, at: 60_900 },
    ]);
  });

  it("holds a second session back while the first one waits for its retry", async () => {
    const first = playStep({ replies: [[throttledBy("slow down", 7_000)], answer] });
    const [scheduled] = await new Promise<readonly number[]>((resolve) => {
      first.recorder.on("retry-scheduled", ({ delayMs, at }) => resolve([at + delayMs]));
    });
    assert.equal(scheduled, 8_000);
    const second = playStep({ replies: [answer], pace: first.pace });
    await Promise.all([first.step, second.step]);
    assert.deepEqual(second.recorder.events[0], { type: "pace", reason: "back-off", delayMs: 7_000, at: 1_000 });
    assert.deepEqual(second.timing.waits, [7_000]);
    assert.deepEqual(first.recorder.of("pace"), []);
  });

  it("learns from the answers' own tokens and from what the service says that it lacks", async () => {
    const spend = {
      metadata: { usage: { inputTokens: 400, outputTokens: 100, totalTokens: 500 }, metrics: undefined },
    };
    const { pace, ...first } = playStep({ replies: [[...answer, spend]] });
    await first.step;
    const second = playStep({ replies: [[throttledBy("Too many tokens, please wait.")], answer], pace });
    await second.step;
    assert.deepEqual(second.timing.waits, [1_000, 59_000]);
    assert.deepEqual(second.recorder.of("pace"), [
      { type: "pace", reason: "tokens-per-minute", delayMs: 59_000, limit: 500, at: 2_000 },
    ]);
  });

  it("teaches the pace also by a throttle that is not retried", async () => {
    const first = playStep({ replies: [[throttledBy("slow down", 7_000)]], retries: 0 });
    await assert.rejects(first.step, BrokenStream);
    assert.deepEqual(first.pace.hold(1_000), { delayMs: 7_000, reason: "back-off" });
  });

  it("B5.78 ends at once when stopped while it is held back: nothing is sent", async () => {
    const controller = new AbortController();
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    pace.throttled("slow down", 7_000, 1_000);
    const { step, model, recorder } = playStep({
      replies: [answer],
      pace,
      signal: controller.signal,
      timing: {
        waits: [],
        now: () => 1_000,
        random: () => 0.5,
        wait: (_, signal) => {
          setImmediate(() => controller.abort());
          return untilStopped(signal);
        },
      },
    });
    await assert.rejects(step, (error) => error instanceof BrokenStream && error.cause === controller.signal.reason);
    assert.deepEqual(recorder.types, ["pace"]);
    assert.deepEqual(model.requests, []);
  });
});

describe("runStep and a feature that the model refuses", () => {
  const noCache = refusedFeature("cachePoints");
  const noChoice = refusedFeature("toolChoice");

  it("asks again at once for each such feature, says so, and counts it as no retry", async () => {
    const replies = [[noCache], [modelError("server", 8)], [noChoice], answer];
    const { step, recorder, timing } = playStep({ replies, retries: 1 });
    await step;
    assert.deepEqual(
      recorder.of("notice").map(({ text }) => text),
      [
        "The model does not take cachePoints. It was asked again without.",
        "The model does not take toolChoice. It was asked again without.",
      ],
    );
    assert.deepEqual(timing.waits, [750]);
    assert.equal(recorder.of("retry-scheduled").length, 1);
  });

  it("asks again also where the user wants no retries", async () => {
    const { step, model } = playStep({ replies: [[noCache], answer], retries: 0 });
    await step;
    assert.equal(model.requests.length, 2);
  });

  it("gives up where the model refuses the same feature again", async () => {
    const { step, model } = playStep({ replies: [[noCache], [noCache], answer] });
    await assert.rejects(step, (error) => error instanceof BrokenStream && error.cause === noCache);
    assert.equal(model.requests.length, 2);
  });
});
