import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { assertAccepted } from "../../support/accepted-by-bedrock.ts";
import { answeringTool, fakeTool } from "../../support/fake-tool.ts";
import { playTurn } from "../../support/play-turn.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
} from "../../support/scripted-model.ts";

const hello = [...textBlock(0, "Hel", "lo"), messageStop("end_turn")];
const look = answeringTool("look", "found it");
const prompt: Message = { role: "user", content: [{ text: "Hi" }] };

function results(message: Message | undefined) {
  return message?.content?.map(({ toolResult }) => [toolResult?.toolUseId, toolResult?.status, toolResult?.content]);
}

describe("runTurn at its step limit", () => {
  const calling = (id: string) => [...toolBlock(0, id, "look"), messageStop("tool_use")];

  it("asks whether to go on, with every call answered", async () => {
    const model = new ScriptedModel(calling("t1"), calling("t2"));
    const { outcome, messages } = await playTurn({ model, tools: [look], maxSteps: 2 });
    assert.deepEqual(outcome, { kind: "step-limit", steps: 2 });
    assert.equal(messages.length, 5);
    assert.deepEqual(results(messages[4]), [["t2", "success", [{ text: "found it" }]]]);
    assertAccepted(messages);
  });

  it("goes on from there with the same messages", async () => {
    const first = await playTurn({ model: new ScriptedModel(calling("t1")), tools: [look], maxSteps: 1 });
    const second = await playTurn({
      model: new ScriptedModel(hello),
      tools: [look],
      history: first.messages,
      firstStep: 2,
    });
    assert.deepEqual(second.outcome, { kind: "completed" });
    assert.deepEqual(second.model.requests[0]?.messages, first.messages);
    assert.deepEqual(second.messages.at(-1), { role: "assistant", content: [{ text: "Hello" }] });
  });
});

describe("runTurn and the stop reason", () => {
  const cases = [
    ["B3.44", "end_turn", { kind: "completed" }],
    ["B3.44", "stop_sequence", { kind: "completed" }],
    ["B3.51", "something_new", { kind: "completed" }],
    ["B3.45", "max_tokens", { kind: "max-tokens" }],
    ["B3.48", "guardrail_intervened", { kind: "stopped", stopReason: "guardrail_intervened" }],
    ["B3.50", "content_filtered", { kind: "stopped", stopReason: "content_filtered" }],
    ["B3.46", "model_context_window_exceeded", { kind: "stopped", stopReason: "model_context_window_exceeded" }],
  ] as const;
  for (const [line, stopReason, expected] of cases) {
    it(`${line} a text that stopped by ${stopReason} ends as ${expected.kind}, asked for once`, async () => {
      const model = new ScriptedModel([...textBlock(0, "Hello"), messageStop(stopReason)]);
      const { outcome, messages } = await playTurn({ model });
      assert.deepEqual(outcome, expected);
      assert.equal(model.requests.length, 1);
      assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hello" }] }]);
      assertAccepted(messages);
    });
  }

  const finished = [
    ["B3.43", "tool_use"],
    ["B3.44", "end_turn"],
    ["B3.44", "stop_sequence"],
    ["B3.51", "something_new"],
  ] as const;
  for (const [line, stopReason] of finished) {
    it(`${line} the calls of a message that ended by ${stopReason} run, and the turn goes on`, async () => {
      const calling = [...toolBlock(0, "t1", "look"), messageStop(stopReason)];
      const { outcome, messages } = await playTurn({ model: new ScriptedModel(calling, hello), tools: [look] });
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(results(messages[2]), [["t1", "success", [{ text: "found it" }]]]);
    });
  }

  const unfinished = [
    ["B2.24", "max_tokens", "the output limit cut the message; ask for less in one call"],
    ["B3.48", "guardrail_intervened", "guardrail_intervened"],
    ["B3.50", "content_filtered", "content_filtered"],
    ["B3.46", "model_context_window_exceeded", "model_context_window_exceeded"],
  ] as const;
  for (const [line, stopReason, said] of unfinished) {
    it(`${line} the calls of a message cut by ${stopReason} are answered without being run`, async () => {
      const calling = [
        ...textBlock(0, "I look."),
        ...toolBlock(1, "t1", "look", '{"a":1}'),
        ...toolBlock(2, "t2", "look", '{"a":'),
        messageStop(stopReason),
      ];
      const tool = fakeTool("look", () => ({ run: () => assert.fail("was run") }));
      const { outcome, messages, recorder } = await playTurn({ model: new ScriptedModel(calling), tools: [tool] });
      assert.equal(outcome.kind, stopReason === "max_tokens" ? "max-tokens" : "stopped");
      const content = [{ text: `Nothing was run: the message was not finished (${said}).` }];
      assert.deepEqual(results(messages[2]), [
        ["t1", "error", content],
        ["t2", "error", content],
      ]);
      assert.deepEqual(
        recorder.of("tool-end").map(({ state }) => state),
        ["failed", "failed"],
      );
      assertAccepted(messages);
    });
  }

  it("fails for an answer that says nothing, and appends no message for it", async () => {
    const thought = { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: "Hm" } } } };
    for (const nothing of [[], textBlock(0, " "), [thought], [thought, ...textBlock(1, "\n")]]) {
      const { outcome, messages, model } = await playTurn({
        model: new ScriptedModel([...nothing, messageStop("end_turn")]),
      });
      assert.deepEqual(outcome, {
        kind: "failed",
        error: {
          kind: "empty_stream",
          message: "The model ended its answer without saying anything.",
          detail: "stopReason end_turn",
          actions: ["retry", "select-model"],
        },
        cutOff: false,
      });
      assert.deepEqual(messages, [prompt]);
      assert.equal(model.requests.length, 1);
    }
  });
});

describe("runTurn and failures", () => {
  it("fails with what the model's adapter says, says that a part is shown, and keeps nothing of it", async () => {
    const failure = modelError("access_denied");
    const { outcome, messages } = await playTurn({ model: new ScriptedModel([textDelta(0, "Hel"), failure]) });
    const error = { ...failure.error, lastEvent: "contentBlockDelta" };
    assert.deepEqual(outcome, { kind: "failed", error, cutOff: true });
    assert.deepEqual(messages, [prompt]);
    assertAccepted(messages);
  });

  it("surfaces a bug with its cause", async () => {
    await assert.rejects(playTurn({ model: new ScriptedModel() }), new Error("The script has no further reply."));
  });
});
