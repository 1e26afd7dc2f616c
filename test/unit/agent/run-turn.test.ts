import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { ToolError } from "../../../src/agent/tool.ts";
import { assertAccepted } from "../../support/accepted-by-bedrock.ts";
import { denyAll } from "../../support/fake-gate.ts";
import { answeringTool, fakeTool } from "../../support/fake-tool.ts";
import { playTurn } from "../../support/play-turn.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
  usage,
} from "../../support/scripted-model.ts";

const hello = [...textBlock(0, "Hel", "lo"), messageStop("end_turn"), usage(5, 2)];
const look = answeringTool("look", "found it");
const prompt: Message = { role: "user", content: [{ text: "Hi" }] };

function results(message: Message | undefined) {
  return message?.content?.map(({ toolResult }) => [toolResult?.toolUseId, toolResult?.status, toolResult?.content]);
}

describe("runTurn", () => {
  it("answers with text", async () => {
    const { outcome, messages, recorder, model } = await playTurn({ model: new ScriptedModel(hello) });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hello" }] }]);
    assert.deepEqual(model.requests, [{ messages: [prompt], system: [{ text: "Be brief." }] }]);
    assert.deepEqual(recorder.events, [
      { type: "step-start", step: 1, attempt: 1, at: 1_000 },
      { type: "text-delta", block: 0, text: "Hel", at: 1000 },
      { type: "text-delta", block: 0, text: "lo", at: 1000 },
      {
        type: "step-end",
        stopReason: "end_turn",
        usage: { inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
        at: 1_000,
      },
    ]);
  });

  it("calls a tool between two texts, and sends its result with the tools it offers", async () => {
    const calling = [...textBlock(0, "I look."), ...toolBlock(1, "t1", "look", '{"a":1}'), messageStop("tool_use")];
    const { outcome, messages, recorder, model } = await playTurn({
      model: new ScriptedModel(calling, hello),
      tools: [look],
    });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(messages.slice(1), [
      {
        role: "assistant",
        content: [{ text: "I look." }, { toolUse: { toolUseId: "t1", name: "look", input: { a: 1 } } }],
      },
      {
        role: "user",
        content: [{ toolResult: { toolUseId: "t1", status: "success", content: [{ text: "found it" }] } }],
      },
      { role: "assistant", content: [{ text: "Hello" }] },
    ]);
    assert.deepEqual(model.requests[1], {
      messages: messages.slice(0, 3),
      system: [{ text: "Be brief." }],
      toolConfig: {
        tools: [
          { toolSpec: { name: "look", description: "The tool look.", inputSchema: { json: { type: "object" } } } },
        ],
      },
    });
    assert.deepEqual(recorder.types, [
      "step-start",
      "text-delta",
      "tool-start",
      "tool-input-delta",
      "step-end",
      "tool-input",
      "tool-running",
      "tool-end",
      "step-start",
      "text-delta",
      "text-delta",
      "step-end",
    ]);
    assertAccepted(messages);
  });

  it("runs reads of one message at the same time and answers them in the model's order", async () => {
    let waiting = 0;
    let open = (): void => undefined;
    const barrier = new Promise<void>((resolve) => {
      open = resolve;
    });
    const meet = fakeTool("meet", (input) => ({
      run: async () => {
        if (++waiting === 3) open();
        await barrier;
        return { content: [{ text: JSON.stringify(input) }], title: "Met" };
      },
    }));
    const calling = [
      ...toolBlock(0, "t1", "meet", '{"n":1}'),
      ...toolBlock(1, "t2", "meet", '{"n":2}'),
      ...toolBlock(2, "t3", "unknown"),
      ...toolBlock(3, "t4", "meet", '{"n":4}'),
      messageStop("tool_use"),
    ];
    const { messages } = await playTurn({ model: new ScriptedModel(calling, hello), tools: [meet] });
    assert.deepEqual(results(messages[2]), [
      ["t1", "success", [{ text: '{"n":1}' }]],
      ["t2", "success", [{ text: '{"n":2}' }]],
      ["t3", "error", [{ text: 'E_SCHEMA There is no tool "unknown". The tools are: meet.' }]],
      ["t4", "success", [{ text: '{"n":4}' }]],
    ]);
    assertAccepted(messages);
  });

  it("runs what has an effect alone, in the model's order, after the reads before it and before those behind", async () => {
    const log: string[] = [];
    const logging = (name: string, effect: "read" | "execute") =>
      fakeTool(name, (input) => ({
        effect,
        run: async () => {
          const call = `${name} ${JSON.stringify(input)}`;
          log.push(`${call} begins`);
          await new Promise((resolve) => setImmediate(resolve));
          log.push(`${call} ends`);
          return { content: [{ text: call }], title: call };
        },
      }));
    const calling = [
      ...toolBlock(0, "t1", "read", '{"n":1}'),
      ...toolBlock(1, "t2", "run", '{"n":2}'),
      ...toolBlock(2, "t3", "run", '{"n":3}'),
      ...toolBlock(3, "t4", "read", '{"n":4}'),
      ...toolBlock(4, "t5", "read", '{"n":5}'),
      messageStop("tool_use"),
    ];
    const tools = [logging("read", "read"), logging("run", "execute")];
    const { messages } = await playTurn({ model: new ScriptedModel(calling, hello), tools });
    assert.deepEqual(log, [
      'read {"n":1} begins',
      'read {"n":1} ends',
      'run {"n":2} begins',
      'run {"n":2} ends',
      'run {"n":3} begins',
      'run {"n":3} ends',
      'read {"n":4} begins',
      'read {"n":5} begins',
      'read {"n":4} ends',
      'read {"n":5} ends',
    ]);
    assert.deepEqual(
      results(messages[2])?.map(([id]) => id),
      ["t1", "t2", "t3", "t4", "t5"],
    );
  });

  it("goes on after an unknown tool, input that is no JSON, a denial and a failure", async () => {
    const failing = fakeTool("fail", () => ({ run: () => Promise.reject(new ToolError("no such file")) }));
    const calling = [
      ...toolBlock(0, "t1", "nope"),
      ...toolBlock(1, "t2", "fail", '{"a":'),
      ...toolBlock(2, "t3", "fail"),
      messageStop("tool_use"),
    ];
    const { outcome, messages } = await playTurn({ model: new ScriptedModel(calling, hello), tools: [failing] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(
      results(messages[2])?.map(([id, status]) => [id, status]),
      [
        ["t1", "error"],
        ["t2", "error"],
        ["t3", "error"],
      ],
    );
    assertAccepted(messages);
    const denied = await playTurn({
      model: new ScriptedModel([...toolBlock(0, "t1", "look"), messageStop("tool_use")], hello),
      tools: [look],
      gate: denyAll("Skipped."),
    });
    assert.deepEqual(denied.outcome, { kind: "completed" });
    assert.deepEqual(results(denied.messages[2]), [["t1", "error", [{ text: "Skipped." }]]]);
  });

  it("goes on after a tool that never ends", async () => {
    const hanging = fakeTool("hang", () => ({ timeoutMs: 5, run: () => new Promise(() => undefined) }));
    const calling = [...toolBlock(0, "t1", "hang"), ...toolBlock(1, "t2", "look"), messageStop("tool_use")];
    const { outcome, messages } = await playTurn({ model: new ScriptedModel(calling, hello), tools: [hanging, look] });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(results(messages[2]), [
      ["t1", "error", [{ text: "Doing hang: stopped, it did not end within 0.005 seconds." }]],
      ["t2", "success", [{ text: "found it" }]],
    ]);
  });

  it("tells repeated toolUseIds apart on the screen and keeps them in the history", async () => {
    const calling = [...toolBlock(0, "t1", "look"), messageStop("tool_use")];
    const { messages, recorder } = await playTurn({ model: new ScriptedModel(calling, calling, hello), tools: [look] });
    assert.deepEqual(
      recorder.of("tool-end").map(({ id }) => id),
      ["t1", "t1-2"],
    );
    assert.deepEqual(results(messages[4])?.[0]?.[0], "t1");
    assertAccepted(messages);
  });

  it("B4.74 retries a failed attempt in its step and appends one message for it", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), modelError("truncated_stream", 2)], hello);
    const { outcome, messages, recorder } = await playTurn({ model });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(messages, [prompt, { role: "assistant", content: [{ text: "Hello" }] }]);
    assert.deepEqual(
      recorder.of("step-start").map(({ step, attempt }) => [step, attempt]),
      [
        [1, 1],
        [1, 2],
      ],
    );
  });

  it("takes up a step where an earlier run failed, counting on only in that step", async () => {
    const calling = [...toolBlock(0, "t1", "look"), messageStop("tool_use")];
    const { recorder } = await playTurn({
      model: new ScriptedModel(calling, hello),
      tools: [look],
      firstStep: 4,
      firstAttempt: 2,
    });
    assert.deepEqual(
      recorder.of("step-start").map(({ step, attempt }) => [step, attempt]),
      [
        [4, 2],
        [5, 1],
      ],
    );
  });
});
