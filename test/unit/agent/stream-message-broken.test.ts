import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EventRecorder } from "../../support/event-recorder.ts";
import { textBlock, textDelta, toolStart, untilStopped } from "../../support/scripted-model.ts";
import { brokenStream, stream } from "../../support/stream-attempt.ts";

describe("streamMessage, a stream that breaks off", () => {
  it("does not take an event that it does not know for the last one that came", async () => {
    const error = await brokenStream(
      stream([textDelta(0, "a"), { $unknown: ["futureEvent", {}] }, new Error("reset")]),
    );
    const told = { kind: "network", message: "m", actions: [] } as const;
    assert.deepEqual(error.tell(told), { ...told, lastEvent: "contentBlockDelta" });
  });

  it("keeps the text of a stream that fails, with the failure as the cause", async () => {
    const failure = new Error("reset");
    const error = await brokenStream(stream([textDelta(0, "So f"), toolStart(1, "t1", "look"), failure]));
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So f" }] });
    assert.equal(error.cause, failure);
  });

  it("B3.41 takes a stream without any event for a broken one", async () => {
    const error = await brokenStream(stream([]));
    assert.equal(error.kept, undefined);
    assert.equal(error.isSilent, true);
  });

  it("B4.77 passes a failure of our own listener on as it is, with the text that was there", async () => {
    const bug = new TypeError("a bug of the screen");
    const recorder = new EventRecorder();
    recorder.on("text-delta", () => {
      throw bug;
    });
    const error = await brokenStream(stream([textDelta(0, "So"), textDelta(0, " far")], { recorder }));
    assert.equal(error.cause, bug);
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So" }] });
  });

  it("says how long the stream has been silent, which is not yet something shown", async () => {
    const recorder = new EventRecorder();
    const silence = { phase: "first-byte", silentMs: 30, limitMs: 90 } as const;
    const error = await brokenStream(
      stream([async (_, onSilence) => onSilence?.(silence), new Error("reset")], { recorder }),
    );
    assert.deepEqual(recorder.events, [{ type: "silence", ...silence, at: 7 }]);
    assert.equal(error.isSilent, true);
  });

  it("knows of thinking and calls that were shown, though they are not kept", async () => {
    const thinking = { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "hm" } } } };
    for (const part of [thinking, toolStart(0, "t1", "look")]) {
      const error = await brokenStream(stream([part, new Error("reset")]));
      assert.deepEqual([error.kept, error.shown, error.isSilent], [undefined, 0, false]);
    }
  });

  it("names the last event that came, for diagnosis", async () => {
    const told = { kind: "network", message: "m", actions: [] } as const;
    const late = await brokenStream(stream([...textBlock(0, "a"), new Error("reset")]));
    assert.deepEqual(late.tell(told), { ...told, lastEvent: "contentBlockStop" });
    assert.deepEqual((await brokenStream(stream([new Error("reset")]))).tell(told), told);
  });

  it("keeps nothing where there was no text", async () => {
    const error = await brokenStream(stream([toolStart(0, "t1", "look"), new Error("reset")]));
    assert.equal(error.kept, undefined);
  });

  it("B3.40 does not take an end without messageStop for a whole message", async () => {
    const error = await brokenStream(stream(textBlock(0, "half")));
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "half" }] });
    assert.equal(String(error.cause), "Error: The stream ended without messageStop.");
  });

  it("B5.78 breaks off with the signal's reason when stopped in mid-stream", async () => {
    const controller = new AbortController();
    const recorder = new EventRecorder();
    const reason = new Error("stopped");
    recorder.on("text-delta", () => controller.abort(reason));
    const error = await brokenStream(
      stream([textDelta(0, "So"), untilStopped], { recorder, signal: controller.signal }),
    );
    assert.equal(error.cause, reason);
    assert.deepEqual(error.kept, { role: "assistant", content: [{ text: "So" }] });
  });
});
