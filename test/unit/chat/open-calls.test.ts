import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { PreparedCall, Tool } from "../../../src/agent/tool.ts";
import { textResult } from "../../../src/agent/tool.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const uses = ["read", "task", "late"].map((name) => ({ toolUse: { toolUseId: name, name, input: {} } }));
const messages: readonly Message[] = [
  { role: "user", content: [{ text: "go" }] },
  { role: "assistant", content: uses },
];

/** A turn whose process was killed while the second of three calls waited for approval. */
const events: readonly ChatEvent[] = [
  { type: "turn-start", turnId: "t", prompt: "go", attachments: [], connection: { kind: "demo" }, at: 1 },
  { type: "step-start", step: 1, attempt: 1, at: 2 },
  ...uses.map(
    ({ toolUse }): ChatEvent => ({
      type: "tool-start",
      id: toolUse.name,
      name: toolUse.name,
      title: toolUse.name,
      at: 3,
    }),
  ),
  { type: "step-end", stopReason: "tool_use", usage: null, at: 4 },
  { type: "tool-running", id: "read", at: 5 },
  { type: "tool-end", id: "read", state: "succeeded", title: "Read", result: "the file", at: 6 },
  {
    type: "tool-awaiting-approval",
    id: "task",
    request: {
      id: "task",
      digest: "d",
      title: "Run task?",
      details: [],
      reason: "",
      tier: 1,
      labels: [],
      warnings: [],
      offers: [],
    },
    at: 7,
  },
];

function countingTool(name: string, effect: PreparedCall["effect"], runs: string[]): Tool {
  return {
    name,
    description: name,
    inputSchema: { type: "object" },
    effect: "read",
    limits: [],
    streamingTitle: name,
    prepare: async () => ({
      title: name,
      effect,
      targets: [],
      subject: { question: `${name}?`, details: [] },
      timeoutMs: 1_000,
      run: async () => {
        runs.push(name);
        return { content: textResult(`${name} ran`), title: name };
      },
    }),
  };
}

describe("a session whose process ended in the middle of its calls", () => {
  const reopen = (left = events, kept = messages) => {
    const runs: string[] = [];
    const model = new ScriptedModel([...textBlock(0, "done"), messageStop("end_turn")]);
    const tools = [
      countingTool("read", "read", runs),
      countingTool("task", "execute", runs),
      countingTool("late", "read", runs),
    ];
    const start = restoreSession({ sessionId: "s", events: left, messages: kept }, 9);
    const { session } = createSession(model, { start, tools: () => tools });
    return { session, runs, model };
  };

  it("B2.23 runs no call whose input could not be read, though the history holds an object for it", async () => {
    const half: readonly ChatEvent[] = [
      ...events.slice(0, 2),
      { type: "tool-start", id: "task", name: "task", title: "task", at: 3 },
      { type: "tool-input-delta", id: "task", fragment: '{"name":' },
      { type: "step-end", stopReason: "tool_use", usage: null, at: 4 },
    ];
    const [asked] = messages;
    const called: Message = {
      role: "assistant",
      content: [{ toolUse: { toolUseId: "task", name: "task", input: {} } }],
    };
    const { session, runs, model } = reopen(half, asked === undefined ? [] : [asked, called]);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(runs, []);
    const [result] = model.requests[0]?.messages?.at(-1)?.content ?? [];
    assert.match(
      result?.toolResult?.content?.[0]?.text ?? "",
      /^E_SCHEMA The input is not valid JSON: .* Nothing was run/s,
    );
  });

  it("B3.42 runs no call of a message of whose end the journal does not know", async () => {
    const torn = events.slice(
      0,
      events.findIndex(({ type }) => type === "step-end"),
    );
    const { session, runs } = reopen(torn);
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(runs, []);
  });

  it("runs nothing by itself", async () => {
    const { session, runs } = reopen();
    await session.settled();
    assert.deepEqual(runs, []);
    const phase = session.chat.past.at(-1)?.phase;
    assert.deepEqual(phase?.kind === "ended" && phase.outcome, { kind: "interrupted" });
  });

  it("asks again when it is resumed, keeps what had finished, and runs nothing twice", async () => {
    const { session, runs, model } = reopen();
    session.subscribe((event) => {
      if (event.type !== "tool-awaiting-approval") return;
      const { id, digest } = event.request;
      setImmediate(() => session.answer({ id, digest, decision: { kind: "allow" } }));
    });
    assert.deepEqual(await session.resume(), { kind: "completed" });
    assert.deepEqual(runs, ["task", "late"]);
    assert.deepEqual(
      model.requests[0]?.messages
        ?.at(-1)
        ?.content?.map(({ toolResult }) => [toolResult?.toolUseId, toolResult?.content]),
      [
        ["read", [{ text: "the file" }]],
        ["task", [{ text: "task ran" }]],
        ["late", [{ text: "late ran" }]],
      ],
    );
  });
});
