import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { playStep, type StepScene } from "../../support/play-step.ts";
import { messageStop, modelError, type ReplyPart, textBlock, textDelta } from "../../support/scripted-model.ts";

const silent: ReplyPart = async (_signal, onSilence) => {
  const stall = { kind: "timeout_idle", most: 1 } as const;
  onSilence?.({ phase: "text", silentMs: 1_000, limitMs: 3_000, stall });
};
const hello = [...textBlock(0, "Hello"), messageStop("end_turn")];

/** For each silence of the step, whether it was told as the last one. */
async function silencesOf(scene: StepScene): Promise<readonly boolean[]> {
  const { step, recorder } = playStep(scene);
  await step;
  return recorder.events.flatMap((event) => (event.type === "silence" ? [event.givesUp === true] : []));
}

describe("runStep, a silence", () => {
  it("is the last one where its kind has had its retries", async () => {
    const stalled = [silent, modelError("timeout_idle", 1)];
    assert.deepEqual(await silencesOf({ replies: [stalled, [silent, ...hello]] }), [false, true]);
  });

  it("is the last one where no retry is left, and where the user wants none", async () => {
    const failed = [silent, modelError("server", 8)];
    assert.deepEqual(await silencesOf({ replies: [failed, [silent, ...hello]], retries: 1 }), [false, true]);
    assert.deepEqual(await silencesOf({ replies: [[silent, ...hello]], retries: 0 }), [true]);
  });

  it("is the last one behind more text than is thrown away unasked", async () => {
    const much = textDelta(0, "x".repeat(1_501));
    const little = textDelta(0, "x".repeat(1_500));
    assert.deepEqual(await silencesOf({ replies: [[little, silent, ...hello]] }), [false]);
    assert.deepEqual(await silencesOf({ replies: [[much, silent, ...hello]] }), [true]);
  });

  it("is the last one where an earlier run left that much on the screen", async () => {
    const shown = { role: "assistant" as const, content: [{ text: "x".repeat(1_501) }] };
    assert.deepEqual(await silencesOf({ replies: [[silent, ...hello]], shown }), [true]);
  });
});
