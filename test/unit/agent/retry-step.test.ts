import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { isModelError } from "../../../src/agent/model.ts";
import { RetryBudget } from "../../../src/agent/retry-budget.ts";
import { BrokenStream } from "../../../src/agent/stream-message.ts";
import { playStep, type StepScene } from "../../support/play-step.ts";
import {
  messageStop,
  modelError,
  silentError,
  textBlock,
  textDelta,
  toolBlock,
  toolStart,
} from "../../support/scripted-model.ts";

const answer = [...textBlock(0, "Hello"), messageStop("end_turn")];
const thinking: ConverseStreamOutput = {
  contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "Hm" } } },
};

/** How a step broke off; fails where it did not. */
async function broken(scene: StepScene) {
  const played = playStep(scene);
  const error = await played.step.then(
    () => assert.fail("the step did not break off"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof BrokenStream);
  return { ...played, error };
}

describe("runStep, a silent re-send", () => {
  it("asks once more at once and says nothing, where nothing had been shown", async () => {
    const { step, model, recorder, timing } = playStep({ replies: [[silentError("network")], answer] });
    await step;
    assert.deepEqual(recorder.types, ["step-start", "step-start", "text-delta"]);
    assert.deepEqual(timing.waits, []);
    assert.deepEqual(model.requests[1], model.requests[0]);
  });

  it("is followed by visible retries where that did not help", async () => {
    const replies = [[silentError("network")], [silentError("network")], answer];
    const { step, recorder } = playStep({ replies });
    await step;
    assert.deepEqual(
      recorder.of("retry-scheduled").map(({ retry, retries, delayMs }) => [retry, retries, delayMs]),
      [[1, 1, 1_500]],
    );
  });

  it("is none where text, thinking or a tool call had been shown", async () => {
    for (const part of [textDelta(0, "Hel"), thinking, toolStart(0, "t1", "look")]) {
      const { step, recorder } = playStep({ replies: [[part, silentError("network")], answer] });
      await step;
      assert.equal(recorder.of("retry-scheduled").length, 1);
    }
  });

  it("is none where an earlier run of the step has its text on the screen", async () => {
    const shown = { role: "assistant" as const, content: [{ text: "Hel" }] };
    const { step, recorder } = playStep({ replies: [[silentError("network")], answer], shown, firstAttempt: 2 });
    await step;
    assert.equal(recorder.of("retry-scheduled").length, 1);
  });
});

describe("runStep, which failures it retries", () => {
  it("counts the retries of each kind of failure on their own, and all of them against the setting", async () => {
    const replies = [
      [modelError("throttled", 8)],
      [modelError("throttled", 8)],
      [modelError("model_error", 1)],
      [modelError("throttled", 8)],
      answer,
    ];
    const { step, recorder, timing } = playStep({ replies });
    await step;
    assert.deepEqual(
      recorder.of("retry-scheduled").map(({ retry, retries }) => [retry, retries]),
      [
        [1, 8],
        [2, 8],
        [3, 3],
        [4, 8],
      ],
    );
    assert.deepEqual(timing.waits, [750, 1_500, 750, 3_000]);
    const { error, model } = await broken({ replies, retries: 3 });
    assert.equal(error.cause, replies[3]?.[0]);
    assert.equal(model.requests.length, 4);
  });

  it("gives up a kind of failure at its own limit, though others came between", async () => {
    const replies = [[modelError("model_error", 1)], [modelError("server", 8)], [modelError("model_error", 1)], answer];
    const { error, model } = await broken({ replies });
    assert.equal(error.cause, replies[2]?.[0]);
    assert.equal(model.requests.length, 3);
  });

  it("does not retry where the user wants no retries", async () => {
    const { model, recorder } = await broken({ replies: [[silentError("network")], answer], retries: 0 });
    assert.equal(model.requests.length, 1);
    assert.deepEqual(recorder.types, ["step-start"]);
  });

  it("does not throw much shown text away unasked", async () => {
    const failure = modelError("truncated_stream", 2);
    const long = await broken({ replies: [[textDelta(0, "x".repeat(1_501)), failure], answer] });
    assert.equal(long.error.shown, 1_501);
    assert.equal(long.model.requests.length, 1);
    assert.deepEqual(long.recorder.of("retry-scheduled"), []);
    const short = playStep({ replies: [[textDelta(0, "x".repeat(1_500)), failure], answer] });
    await short.step;
    assert.equal(short.model.requests.length, 2);
  });

  it("does not retry once the turn's budget is spent, says that, and offers it to the user", async () => {
    const budget = new RetryBudget(2, 600_000);
    const failure = modelError("server", 8);
    const { model, error } = await broken({ replies: [[failure], [failure], [failure], answer], budget });
    assert.equal(model.requests.length, 3);
    assert.ok(isModelError(error.cause));
    assert.deepEqual(error.cause.error, {
      ...failure.error,
      message: "It failed: server. Outcrop has made 2 automatic retries in a row, and waits for you now.",
    });
  });

  it("has all of the budget again behind a step that recovered", async () => {
    const budget = new RetryBudget(1, 600_000);
    for (const count of [1, 2, 3]) {
      await playStep({ replies: [[modelError("server", 8)], answer], budget }).step;
      assert.equal(budget.has(count), true);
    }
  });

  it("retries a connection that could not be made, without a step having begun", async () => {
    const failure = modelError("network", 3);
    const { model, pace } = playStep({ replies: [answer, answer] });
    let connected = 0;
    const { step, recorder } = playStep({
      replies: [],
      attempt: async () => {
        if (++connected === 1) throw failure;
        return { model, request: { messages: [] }, pace };
      },
    });
    assert.equal((await step).stopReason, "end_turn");
    assert.deepEqual(recorder.types, ["retry-scheduled", "step-start", "text-delta"]);
    assert.equal(recorder.of("step-start")[0]?.attempt, 2);
  });
});

describe("runStep, what is on the screen", () => {
  it("still has the text of the attempt before one that showed nothing", async () => {
    const replies = [
      [textDelta(0, "Hel"), modelError("network", 2)],
      [modelError("network", 2)],
      [modelError("network", 2)],
    ];
    const { error } = await broken({ replies });
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "Hel" }] });
    assert.equal(error.shown, 3);
  });

  it("has no text any more where the last attempt showed thinking only", async () => {
    const replies = [
      [textDelta(0, "Hel"), modelError("network", 1)],
      [thinking, modelError("network", 1)],
    ];
    const { error } = await broken({ replies });
    assert.deepEqual([error.kept, error.shown], [undefined, 0]);
  });

  it("has the text of an earlier run until something new comes", async () => {
    const shown = { role: "assistant" as const, content: [{ text: "Hel" }] };
    const before = await broken({ replies: [[modelError("validation")]], shown, firstAttempt: 2 });
    assert.deepEqual(before.error.kept, shown);
    const after = await broken({ replies: [[thinking, modelError("validation")]], shown, firstAttempt: 2 });
    assert.equal(after.error.kept, undefined);
  });
});

describe("runStep and an answer that is none", () => {
  const usage = { inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
  const spent = { metadata: { usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 }, metrics: undefined } };
  const cases = [
    ["B3.47", "malformed_tool_use", "malformed_tool_use"],
    ["B3.47", "malformed_model_output", "model_error"],
    ["B3.43", "tool_use", "model_error"],
  ] as const;
  for (const [line, stopReason, kind] of cases) {
    const malformed = [...textBlock(0, "I call"), messageStop(stopReason), spent];

    it(`${line} asks once more at once after ${stopReason} without a call, its tokens counted`, async () => {
      const { step, recorder } = playStep({ replies: [malformed, answer] });
      assert.equal((await step).stopReason, "end_turn");
      assert.deepEqual(recorder.of("step-end"), [{ type: "step-end", stopReason, usage, at: 1_000, rejected: true }]);
      const [retry] = recorder.of("retry-scheduled");
      assert.deepEqual([retry?.error.kind, retry?.retry, retry?.retries, retry?.delayMs], [kind, 1, 1, 0]);
    });

    it(`${line} gives up after the second answer that stopped by ${stopReason}, with nothing to continue`, async () => {
      const { error, model } = await broken({ replies: [malformed, malformed, answer] });
      assert.equal(model.requests.length, 2);
      assert.deepEqual([error.kept, error.shown], [undefined, 0]);
    });
  }

  it("B3.47 takes no call from a message that calls itself malformed", async () => {
    const malformed = [...toolBlock(0, "t1", "look", "{}"), messageStop("malformed_tool_use")];
    const { step } = playStep({ replies: [malformed, answer] });
    assert.deepEqual((await step).toolUses, []);
  });
});
