import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RequestPace } from "../../../src/agent/request-pace.ts";
import type { ChatEvent, TurnOutcome } from "../../../src/protocol/chat-event.ts";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { waitingApprovals } from "../../../src/vscode/waiting-approvals.ts";
import { fold } from "../../support/chat-events.ts";
import { createSession } from "../../support/create-session.ts";
import { fakeTool } from "../../support/fake-tool.ts";
import {
  messageStop,
  modelError,
  ScriptedModel,
  textBlock,
  textDelta,
  toolBlock,
  untilStopped,
} from "../../support/scripted-model.ts";
import { shownParts } from "../../support/shown-parts.ts";

const hello = [...textBlock(0, "Hel", "lo"), messageStop("end_turn")];
const calling = (name: string) => [...toolBlock(0, "t1", name), messageStop("tool_use")];
const prompt = (text = "Hi") => ({ text, attachments: [] });

describe("ChatSession", () => {
  it("folds, keeps and passes on every event of a turn", async () => {
    const { session, stored } = createSession(new ScriptedModel(hello));
    const heard: ChatEvent[] = [];
    session.subscribe((event) => {
      heard.push(event);
      assert.deepEqual(session.chat, fold(heard, emptyChat("s1")));
    });
    const attachment = { id: "a1", label: "a.ts:1-2", path: "a.ts", startLine: 1, endLine: 2 };
    const attached = { ...attachment, text: "x", language: "typescript" };
    assert.deepEqual(await session.send({ text: "Hi", attachments: [attached] }), { kind: "completed" });
    assert.deepEqual(stored.events, heard);
    assert.deepEqual(
      heard.map(({ type }) => type),
      ["turn-start", "step-start", "text-delta", "text-delta", "step-end", "turn-end"],
    );
    const [start] = heard;
    assert.deepEqual(start, {
      type: "turn-start",
      turnId: start?.type === "turn-start" && start.turnId,
      prompt: "Hi",
      attachments: [attachment],
      connection: { kind: "demo" },
      at: 1_000,
    });
    assert.deepEqual(stored.messages, [
      {
        role: "user",
        content: [{ text: "Selection from a.ts, lines 1 to 2:\n```typescript\nx\n```" }, { text: "Hi" }],
      },
      { role: "assistant", content: [{ text: "Hello" }] },
    ]);
  });

  it("stops telling a listener that has unsubscribed", async () => {
    const { session } = createSession(new ScriptedModel(hello));
    let heard = 0;
    const unsubscribe = session.subscribe(() => {
      heard++;
      unsubscribe();
    });
    await session.send(prompt());
    assert.equal(heard, 1);
  });

  it("refuses a second prompt and a resume while a turn runs", async () => {
    const { session, stored } = createSession(new ScriptedModel([untilStopped]));
    const turn = session.send(prompt("first"));
    assert.equal(session.isRunning, true);
    assert.equal(await session.send(prompt("second")), undefined);
    assert.equal(await session.resume(), undefined);
    session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.equal(session.isRunning, false);
    assert.deepEqual(stored.messages, [{ role: "user", content: [{ text: "first" }] }]);
  });

  it("does nothing for a blank prompt", async () => {
    const { session, stored } = createSession(new ScriptedModel());
    assert.equal(await session.send(prompt(" \n")), undefined);
    assert.equal(session.isEmpty, true);
    assert.deepEqual(stored, { events: [], messages: [] });
  });

  it("keeps what was shown when stopped, and takes the next prompt", async () => {
    const model = new ScriptedModel([textDelta(0, "Hel"), untilStopped], hello);
    const { session } = createSession(model);
    session.subscribe((event) => {
      if (event.type === "text-delta" && event.text === "Hel" && model.requests.length === 1) session.stop();
    });
    assert.deepEqual(await session.send(prompt()), { kind: "cancelled" });
    assert.deepEqual(shownParts(session.chat), [[1, "Hel"]]);
    assert.deepEqual(await session.send(prompt("again")), { kind: "completed" });
    assert.deepEqual(model.requests[1]?.messages, [
      { role: "user", content: [{ text: "Hi" }] },
      { role: "assistant", content: [{ text: "Hel" }] },
      { role: "user", content: [{ text: "again" }] },
    ]);
  });

  it("settles when the turn has ended and is on the disk", async () => {
    let flushed = 0;
    const store = {
      event: () => undefined,
      message: () => undefined,
      prompt: () => undefined,
      untrusted: () => undefined,
      flush: async () => void flushed++,
    };
    const { session } = createSession(new ScriptedModel(hello), { store });
    void session.send(prompt());
    await session.settled();
    assert.equal(flushed, 1);
    assert.equal(session.isRunning, false);
  });

  it("reports a disk that takes nothing more, and still answers", async () => {
    const full = new Error("no space left");
    const store = {
      event: () => undefined,
      message: () => undefined,
      prompt: () => undefined,
      untrusted: () => undefined,
      flush: () => Promise.reject(full),
    };
    const { session, reports } = createSession(new ScriptedModel(hello), { store });
    assert.deepEqual(await session.send(prompt()), { kind: "completed" });
    assert.deepEqual(reports, [full]);
  });
});

describe("ChatSession, failures", () => {
  it("fails the turn when it cannot connect, and the next turn works", async () => {
    const failure = modelError("credentials");
    let attempts = 0;
    const { session, reports } = createSession(new ScriptedModel(), {
      connect: async () => {
        if (++attempts === 1) throw failure;
        return { model: new ScriptedModel(hello), pace: new RequestPace({ requests: 1, tokens: 1 }) };
      },
    });
    assert.deepEqual(await session.send(prompt()), { kind: "failed", error: failure.error, cutOff: false });
    assert.deepEqual(await session.send(prompt("again")), { kind: "completed" });
    assert.deepEqual(reports, []);
  });

  it("is cancelled, not failed, when stopped while it connects", async () => {
    const endings: readonly (() => ScriptedModel)[] = [
      () => new ScriptedModel(hello),
      () => {
        throw modelError("credentials");
      },
    ];
    for (const ending of endings) {
      const { session, stored } = createSession(new ScriptedModel(), {
        connect: async () => {
          session.stop();
          return { model: ending(), pace: new RequestPace({ requests: 1, tokens: 1 }) };
        },
      });
      assert.deepEqual(await session.send(prompt()), { kind: "cancelled" });
      assert.deepEqual(
        stored.events.map(({ type }) => type),
        ["turn-start", "turn-end"],
      );
    }
  });

  it("reports a bug once and shows it as a failed turn", async () => {
    const { session, reports } = createSession(new ScriptedModel());
    const outcome = await session.send(prompt());
    assert.equal(outcome?.kind === "failed" && outcome.error.kind, "unknown");
    assert.deepEqual(reports, [new Error("The script has no further reply.")]);
  });
});

describe("ChatSession, approvals", () => {
  /** A turn with one call that asks; `answer` says what happens once it does. */
  async function ask(answer: (session: ReturnType<typeof createSession>["session"], digest: string) => void) {
    const run = fakeTool("run", () => ({
      effect: "execute",
      run: async () => ({ content: [{ text: "ran" }], title: "Ran" }),
    }));
    const { session, stored } = createSession(new ScriptedModel(calling("run"), hello), { tools: () => [run] });
    session.subscribe((event) => {
      if (event.type === "tool-awaiting-approval") answer(session, event.request.digest);
    });
    const outcome: TurnOutcome | undefined = await session.send(prompt());
    return { outcome, session, result: stored.messages[2]?.content?.[0]?.toolResult };
  }

  it("wait for the user, and run with exactly their answer", async () => {
    const { outcome, result, session } = await ask((asked, digest) => {
      assert.equal(waitingApprovals(asked.chat).length, 1);
      assert.equal(asked.answer({ id: "t1", digest: "other", decision: { kind: "allow" } }), false);
      assert.equal(asked.answer({ id: "t1", digest, decision: { kind: "allow" } }), true);
    });
    assert.deepEqual(outcome, { kind: "completed" });
    assert.deepEqual(result, { toolUseId: "t1", status: "success", content: [{ text: "ran" }] });
    assert.equal(waitingApprovals(session.chat).length, 0);
  });

  it("end with the turn when it is stopped, before the screen hears of it", async () => {
    const counts: number[] = [];
    const { outcome, result } = await ask((asked) => {
      asked.subscribe((event) => {
        if (event.type === "tool-end") counts.push(waitingApprovals(asked.chat).length);
      });
      setImmediate(() => asked.stop());
    });
    assert.deepEqual(outcome, { kind: "cancelled" });
    assert.equal(result?.status, "error");
    assert.deepEqual(counts, [0]);
  });
});
