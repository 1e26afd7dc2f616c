import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import { PendingApprovals } from "../../../src/chat/pending-approvals.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { assertAccepted } from "../../support/accepted-by-bedrock.ts";
import { EventRecorder } from "../../support/event-recorder.ts";
import { fakeTool } from "../../support/fake-tool.ts";
import { playTurn } from "../../support/play-turn.ts";
import {
  messageStop,
  modelError,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
  toolDelta,
  toolStart,
  untilStopped,
} from "../../support/scripted-model.ts";
import { testGate } from "../../support/test-policy.ts";

const prompt: Message = { role: "user", content: [{ text: "Hi" }] };
const cancelledResult = (toolUseId: string): ContentBlock => ({
  toolResult: {
    toolUseId,
    status: "error",
    content: [{ text: "The user stopped the turn. This call was not completed." }],
  },
});

/** Runs a turn that is stopped at the first event of this type. Whatever it left behind, Bedrock accepts it. */
async function stopAt(type: ChatEvent["type"], replies: readonly (readonly ReplyPart[])[]) {
  const controller = new AbortController();
  const recorder = new EventRecorder();
  recorder.on(type, () => controller.abort());
  const approvals = new PendingApprovals(recorder.emit, () => 1_000);
  const tool = (name: string, effect: "read" | "execute") =>
    fakeTool(name, () => ({ effect, run: () => new Promise(() => undefined) }));
  const played = await playTurn({
    model: new ScriptedModel(...replies),
    recorder,
    signal: controller.signal,
    tools: [tool("look", "read"), tool("run", "execute")],
    gate: testGate({ folders: ["/ws"], ask: (request, signal) => approvals.ask(request, signal) }),
  });
  assert.deepEqual(played.outcome, { kind: "cancelled" });
  assert.equal(recorder.of("step-start").length, 1);
  assert.equal(approvals.count, 0);
  assertAccepted(played.messages);
  return played;
}

describe("a stopped turn", () => {
  it("B5.78 ends before anything was sent", async () => {
    const { messages } = await stopAt("step-start", [[...textBlock(0, "Hello"), messageStop("end_turn")]]);
    assert.deepEqual(messages, [prompt]);
  });

  it("B5.80 keeps the text that was there", async () => {
    const { messages } = await stopAt("text-delta", [[textDelta(0, "Hel"), untilStopped]]);
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hel" }] }]);
  });

  it("B5.80 keeps the text but not the half tool call behind it", async () => {
    const { messages } = await stopAt("tool-input-delta", [
      [...textBlock(0, "I look."), toolStart(1, "t1", "look"), toolDelta(1, '{"a":'), untilStopped],
    ]);
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "I look." }] }]);
  });

  it("B5.78 keeps the text of the attempt whose retry it was waiting for", async () => {
    const { messages, model } = await stopAt("retry-scheduled", [[textDelta(0, "Hel"), modelError("network", 3)]]);
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hel" }] }]);
    assert.equal(model.requests.length, 1);
  });

  it("runs no call of the message that had just ended", async () => {
    const { messages, recorder } = await stopAt("step-end", [
      [...toolBlock(0, "t1", "look"), ...toolBlock(1, "t2", "run"), messageStop("tool_use")],
    ]);
    assert.deepEqual(messages[2], { role: "user", content: [cancelledResult("t1"), cancelledResult("t2")] });
    assert.deepEqual(recorder.of("tool-running"), []);
  });

  it("cancels the call that waits for the user and the calls behind it", async () => {
    const { messages, recorder } = await stopAt("tool-awaiting-approval", [
      [...toolBlock(0, "t1", "run"), ...toolBlock(1, "t2", "run"), messageStop("tool_use")],
    ]);
    assert.deepEqual(messages[2], { role: "user", content: [cancelledResult("t1"), cancelledResult("t2")] });
    assert.deepEqual(
      recorder.of("tool-end").map(({ id, state }) => [id, state]),
      [
        ["t1", "cancelled"],
        ["t2", "cancelled"],
      ],
    );
    assert.equal(recorder.of("tool-awaiting-approval").length, 1);
  });

  it("B5.80 cancels the calls that run", async () => {
    const { messages } = await stopAt("tool-running", [
      [...toolBlock(0, "t1", "look"), ...toolBlock(1, "t2", "look"), messageStop("tool_use")],
    ]);
    assert.deepEqual(messages.length, 3);
    assert.deepEqual(messages[2], { role: "user", content: [cancelledResult("t1"), cancelledResult("t2")] });
  });

  it("is whole where the message had come to its end", async () => {
    const controller = new AbortController();
    const recorder = new EventRecorder();
    recorder.on("step-end", () => controller.abort());
    const model = new ScriptedModel([...textBlock(0, "Hello"), messageStop("end_turn")]);
    const { outcome, messages } = await playTurn({ model, recorder, signal: controller.signal });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hello" }] }]);
  });
});
