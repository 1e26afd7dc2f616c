import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Tool } from "../../../src/agent/tool.ts";
import type { ChatSession } from "../../../src/chat/chat-session.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { createSession } from "../../support/create-session.ts";
import { fakeTool } from "../../support/fake-tool.ts";
import { messageStop, modelError, ScriptedModel, textBlock, textDelta } from "../../support/scripted-model.ts";

const prompt = { text: "Hi", attachments: [] };
const use = { toolUse: { toolUseId: "task", name: "task", input: {} } };

/** A turn whose process was killed while its call waited for an answer. */
const waiting: readonly ChatEvent[] = [
  { type: "turn-start", turnId: "t", prompt: "go", attachments: [], connection: { kind: "demo" }, at: 1 },
  { type: "step-start", step: 1, attempt: 1, at: 2 },
  { type: "tool-start", id: "task", name: "task", title: "task", at: 3 },
  { type: "step-end", stopReason: "tool_use", usage: null, at: 4 },
  {
    type: "tool-awaiting-approval",
    id: "task",
    request: {
      ...{ id: "task", digest: "d", title: "Run?", details: [], reason: "", tier: 1 },
      ...{ labels: [], warnings: [], offers: [] },
    },
    at: 5,
  },
];

function reopen(tools: () => readonly Tool[] | Promise<readonly Tool[]>) {
  const messages = [
    { role: "user" as const, content: [{ text: "go" }] },
    { role: "assistant" as const, content: [use] },
  ];
  const start = restoreSession({ sessionId: "s", events: waiting, messages }, 9);
  const model = new ScriptedModel([...textBlock(0, "done"), messageStop("end_turn")]);
  const { session } = createSession(model, { start, tools });
  return { session, model };
}

const asks = fakeTool("task", () => ({
  effect: "execute",
  subject: { question: "Do it?", details: [] },
  run: async () => ({ content: [{ text: "ran" }], title: "Did" }),
}));

describe("a session that is closed", () => {
  it("neither goes on behind a broken answer nor makes room", async () => {
    const acts: readonly ((session: ChatSession) => Promise<unknown>)[] = [
      (session) => session.continue(),
      (session) => session.compact(),
    ];
    for (const act of acts) {
      const model = new ScriptedModel(
        [textDelta(0, "Hel"), modelError("validation")],
        [...textBlock(0, "lo"), messageStop("end_turn")],
      );
      const { session } = createSession(model);
      await session.send(prompt);
      session.suspend();
      assert.deepEqual([await act(session), session.isRunning, model.requests.length], [undefined, false, 1]);
    }
  });

  it("does not ask again, whether it was closed before or while its tools were loaded", async () => {
    const before = reopen(() => [asks]);
    before.session.suspend();
    const loading = Promise.withResolvers<readonly Tool[]>();
    const meanwhile = reopen(() => loading.promise);
    const asking = meanwhile.session.askAgain();
    meanwhile.session.suspend();
    loading.resolve([asks]);
    assert.deepEqual([await before.session.askAgain(), before.session.isRunning], [undefined, false]);
    assert.deepEqual([await asking, meanwhile.session.isRunning], [undefined, false]);
  });

  it("sends nothing that had to wait for a held turn to end", async () => {
    const { session, model } = reopen(() => [asks]);
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    session.subscribe(({ type }) => type === "tool-awaiting-approval" && resolve());
    const held = session.askAgain();
    await asked;
    const sent = session.send(prompt);
    session.suspend();
    await held;
    assert.deepEqual([await sent, session.isRunning, model.requests], [undefined, false, []]);
  });
});
