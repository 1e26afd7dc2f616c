import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Tool } from "../../../src/agent/tool.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { waitingApprovals } from "../../../src/vscode/waiting-approvals.ts";
import { createSession } from "../../support/create-session.ts";
import { fakeTool } from "../../support/fake-tool.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const uses = ["seen", "task", "late"].map((name) => ({ toolUse: { toolUseId: name, name, input: {} } }));
const oldRequest: ApprovalRequest = {
  id: "task",
  digest: "d",
  title: "Run?",
  details: [],
  reason: "",
  tier: 1,
  labels: [],
  warnings: [],
  offers: [],
};
const messages: readonly Message[] = [
  { role: "user", content: [{ text: "go" }] },
  { role: "assistant", content: uses },
];

/** A turn whose process was killed while the second of three calls waited for an answer. */
const events: readonly ChatEvent[] = [
  { type: "turn-start", turnId: "t", prompt: "go", attachments: [], connection: { kind: "demo" }, at: 1 },
  { type: "step-start", step: 1, attempt: 1, at: 2 },
  ...uses.map(({ toolUse: { name } }): ChatEvent => ({ type: "tool-start", id: name, name, title: name, at: 3 })),
  { type: "step-end", stopReason: "tool_use", usage: null, at: 4 },
  { type: "tool-running", id: "seen", at: 5 },
  { type: "tool-end", id: "seen", state: "succeeded", title: "Seen", result: "was seen", at: 6 },
  { type: "tool-awaiting-approval", id: "task", request: oldRequest, at: 7 },
];
const allow: ApprovalDecision = { kind: "allow" };

function reopen({ left = events, effect = "execute", names = ["seen", "task", "late"], fails = false } = {}) {
  const runs: string[] = [];
  const tools = names.map((name): Tool => {
    return fakeTool(name, () => {
      if (fails) throw new Error("gone");
      return {
        effect: name === "task" && effect === "execute" ? "execute" : "read",
        subject: { question: `Do ${name}?`, details: [{ label: "What", value: name }] },
        run: async () => {
          runs.push(name);
          return { content: [{ text: `${name} ran` }], title: `Did ${name}` };
        },
      };
    });
  });
  const model = new ScriptedModel([...textBlock(0, "done"), messageStop("end_turn")]);
  const start = restoreSession({ sessionId: "s", events: left, messages }, 9);
  const { session, stored } = createSession(model, { start, tools: () => tools });
  const { promise: asked, resolve } = Promise.withResolvers<ApprovalRequest>();
  session.subscribe((event) => {
    if (event.type === "tool-awaiting-approval") resolve(event.request);
  });
  return { session, stored, runs, model, asked };
}

function results({ requests: [request] }: ScriptedModel): readonly (string | undefined)[] {
  return (request?.messages ?? []).flatMap(({ content = [] }) =>
    content.flatMap(({ toolResult }) => (toolResult === undefined ? [] : [toolResult.content?.[0]?.text])),
  );
}

describe("a session whose process ended while an approval waited", () => {
  it("shows it again with a new digest, and runs and sends nothing before the answer", async () => {
    const { session, runs, model, asked } = reopen();
    const turn = session.askAgain();
    const request = await asked;
    assert.deepEqual(
      { ...request, digest: "" },
      {
        id: "task",
        digest: "",
        title: "Do task?",
        details: [{ label: "What", value: "task" }],
        reason: request.reason,
        tier: 1,
        labels: [],
        warnings: [],
        offers: [],
      },
    );
    assert.notEqual(request.digest, oldRequest.digest);
    assert.deepEqual([session.isRunning, session.takesPrompt, waitingApprovals(session.chat).length], [true, true, 1]);
    assert.equal(session.chat.current?.held, true);
    assert.deepEqual([runs, model.requests], [[], []]);
    session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.deepEqual(runs, []);
  });

  it("goes on with the answer: the call, then the ones behind it, then the model", async () => {
    const { session, runs, model, asked } = reopen();
    const turn = session.askAgain();
    const { id, digest } = await asked;
    assert.equal(session.answer({ id, digest: oldRequest.digest, decision: allow }), false);
    assert.equal(session.answer({ id, digest, decision: allow }), true);
    assert.equal(session.takesPrompt, false);
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(runs, ["task", "late"]);
    assert.deepEqual(results(model), ["was seen", "task ran", "late ran"]);
    assert.equal(session.chat.past.at(-1)?.held, undefined);
  });

  it("does not run what is skipped, and goes on", async () => {
    const { session, runs, model, asked } = reopen();
    const turn = session.askAgain();
    const { id, digest } = await asked;
    session.answer({ id, digest, decision: { kind: "skip", feedback: "too late" } });
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(runs, ["late"]);
    assert.match(results(model)[1] ?? "", /skipped this call\. Nothing was run.*too late/);
  });

  it("answers the open calls as not run where another prompt is sent instead", async () => {
    const { session, runs, model, asked } = reopen();
    const turn = session.askAgain();
    await asked;
    assert.deepEqual(await session.send({ text: "something else", attachments: [] }), { kind: "completed" });
    assert.deepEqual(await turn, { kind: "interrupted" });
    assert.deepEqual(runs, []);
    const [seen, ...others] = results(model);
    assert.equal(seen, "was seen");
    assert.equal(others.length, 2);
    for (const text of others) assert.match(text ?? "", /^This call was not run/);
    assert.equal(model.requests.length, 1);
    assert.deepEqual(model.requests[0]?.messages?.at(-1)?.content?.at(-1), { text: "something else" });
  });

  it("asks also about a call that the policy would allow by now", async () => {
    const { session, runs, asked } = reopen({ effect: "read" });
    const turn = session.askAgain();
    const { id, digest, title } = await asked;
    assert.deepEqual([id, title, runs], ["task", "Do task?", []]);
    session.subscribe((event) => {
      if (event.type === "tool-end" && event.id === "task") session.stop();
    });
    session.answer({ id, digest, decision: allow });
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.deepEqual(runs, ["task"]);
  });

  it("asks once more after it was closed, or killed, a second time", async () => {
    const first = reopen();
    void first.session.askAgain();
    await first.asked;
    first.session.suspend();
    await first.session.settled();
    const second = reopen({ left: [...events, ...first.stored.events] });
    const turn = second.session.askAgain();
    assert.equal((await second.asked).id, "task");
    second.session.stop();
    await turn;
  });

  it("asks the model nothing where the call cannot be made any more", async () => {
    const { session, model, runs } = reopen({ fails: true });
    assert.deepEqual(await session.askAgain(), { kind: "interrupted" });
    assert.deepEqual([runs, model.requests], [[], []]);
  });

  it("leaves the turn for Resume where the tool is not there", async () => {
    const { session, stored } = reopen({ names: [] });
    const kept = stored.events.length;
    assert.equal(await session.askAgain(), undefined);
    assert.equal(stored.events.length, kept);
  });

  it("asks nothing where the call had begun to run, where the user had stopped it, or where none waited", async () => {
    const running: ChatEvent = { type: "tool-running", id: "task", at: 8 };
    const stopped: ChatEvent = {
      type: "tool-end",
      id: "task",
      state: "cancelled",
      title: "task",
      result: "stopped",
      at: 8,
    };
    for (const left of [[...events, running], [...events, stopped], events.slice(0, -1)]) {
      assert.equal(await reopen({ left }).session.askAgain(), undefined);
    }
  });
});
