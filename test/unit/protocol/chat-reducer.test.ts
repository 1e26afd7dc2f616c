import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import type { ToolCall, Turn } from "../../../src/protocol/chat-state.ts";
import type { Connection } from "../../../src/protocol/connection.ts";
import { fold, runTests, throttled, wholeTurn } from "../../support/chat-events.ts";

/** The state after the events up to the first of this type, that one included. */
function foldUntil(type: ChatEvent["type"], after = 0) {
  return fold(wholeTurn.slice(0, wholeTurn.findIndex((event, index) => index >= after && event.type === type) + 1));
}

function callOf(turn: Turn | null | undefined, id: string): ToolCall | undefined {
  return turn?.parts.flatMap((part) => (part.kind === "tool" && part.call.id === id ? part.call : []))[0];
}

describe("reduceChat", () => {
  it("shows that the conversation is being shortened, until the step begins", () => {
    const compacting = reduceChat(foldUntil("turn-start"), { type: "compacting", at: 150 });
    assert.deepEqual(compacting.current?.phase, { kind: "compacting", since: 150 });
    const begun = reduceChat(compacting, { type: "step-start", step: 1, attempt: 2, at: 170 });
    assert.deepEqual(begun.current?.phase, { kind: "waiting", since: 170 });
  });

  it("opens a turn that waits for its first delta", () => {
    assert.deepEqual(foldUntil("turn-start"), {
      sessionId: "session-1",
      past: [],
      current: {
        id: "turn-1",
        prompt: "Do the tests pass?",
        attachments: [{ id: "a1", label: "a.ts:1-2", path: "a.ts", startLine: 1, endLine: 2 }],
        connection: { kind: "bedrock", modelId: "m", region: "eu-west-1" },
        startedAt: 100,
        step: 0,
        wholeStep: 0,
        parts: [],
        phase: { kind: "waiting", since: 100 },
        silence: null,
        replacing: null,
        trouble: null,
        usage: null,
        retries: 0,
      },
      compactions: [],
      withheld: [],
    });
  });

  it("shows a scheduled retry with the time at which it comes, and keeps the partial answer until then", () => {
    const turn = foldUntil("retry-scheduled").current;
    assert.deepEqual(turn?.phase, { kind: "retrying", error: throttled, retry: 1, retries: 3, resumesAt: 610 });
    assert.deepEqual(turn?.parts, [{ kind: "text", step: 1, block: 0, text: "Lost" }]);
    assert.equal(turn?.retries, 1);
  });

  it("removes what a failed attempt had shown when the next one shows something, and nothing of other steps", () => {
    const before = fold(wholeTurn.slice(0, -2));
    const kept = before.current?.parts.filter(({ step }) => step === 1);
    const waiting = reduceChat(before, { type: "step-start", step: 2, attempt: 2, at: 800 });
    assert.deepEqual(waiting.current?.parts, before.current?.parts);
    assert.equal(waiting.current?.replacing, 2);
    assert.deepEqual(waiting.current?.phase, { kind: "waiting", since: 800 });
    const after = reduceChat(waiting, { type: "text-delta", block: 0, text: "They pass." });
    assert.deepEqual(after.current?.parts, [...(kept ?? []), { kind: "text", step: 2, block: 0, text: "They pass." }]);
    assert.equal(after.current?.replacing, null);
  });

  it("joins deltas of a block and counts thinking from the end of the wait", () => {
    const turn = foldUntil("tool-start").current;
    assert.deepEqual(turn?.parts.slice(0, 3), [
      { kind: "recovered", step: 1, errors: [{ ...throttled, at: 110 }], durationMs: 510 },
      { kind: "reasoning", step: 1, block: 0, text: "Let me look.", startedAt: 610, updatedAt: 630 },
      { kind: "text", step: 1, block: 1, text: "I search and run." },
    ]);
    assert.deepEqual(turn?.phase, { kind: "streaming" });
  });

  it("counts thinking in the middle of a message from its own first delta", () => {
    const part = foldUntil("step-end").current?.parts.at(-1);
    assert.deepEqual(part, { kind: "reasoning", step: 1, block: 4, text: "Hmm.", startedAt: 655, updatedAt: 658 });
  });

  it("begins a new part for a block of another step with the same index", () => {
    const events: readonly ChatEvent[] = [
      { type: "step-start", step: 1, attempt: 1, at: 1 },
      { type: "text-delta", block: 0, text: "one" },
      { type: "step-start", step: 2, attempt: 1, at: 2 },
      { type: "text-delta", block: 0, text: "two" },
    ];
    assert.deepEqual(fold(events, foldUntil("turn-start")).current?.parts, [
      { kind: "text", step: 1, block: 0, text: "one" },
      { kind: "text", step: 2, block: 0, text: "two" },
    ]);
  });

  it("keeps the thinking of two blocks apart", () => {
    const events: readonly ChatEvent[] = [
      { type: "reasoning-delta", block: 0, text: "one", at: 101 },
      { type: "reasoning-delta", block: 1, text: "two", at: 102 },
    ];
    assert.deepEqual(fold(events, foldUntil("step-start")).current?.parts, [
      { kind: "reasoning", step: 1, block: 0, text: "one", startedAt: 100, updatedAt: 101 },
      { kind: "reasoning", step: 1, block: 1, text: "two", startedAt: 102, updatedAt: 102 },
    ]);
  });

  it("carries a tool call from its start to its running output", () => {
    const streaming = callOf(foldUntil("step-end").current, "call-1");
    assert.deepEqual(streaming, {
      id: "call-1",
      name: "search_files",
      title: "Searching",
      input: '{"query":"x"}',
      output: "",
      status: { kind: "streaming" },
    });
    const asked = foldUntil("tool-awaiting-approval").current;
    assert.deepEqual(callOf(asked, "call-1")?.input, '{\n  "query": "x"\n}');
    assert.deepEqual(callOf(asked, "call-1")?.title, 'Searching for "x"');
    assert.deepEqual(callOf(asked, "call-1")?.status, { kind: "running", since: 670 });
    assert.deepEqual(callOf(asked, "call-2")?.status, { kind: "awaiting-approval", request: runTests });
  });

  it("ends the turn with its calls, texts, times and the sum of its tokens", () => {
    const state = fold(wholeTurn);
    assert.equal(state.current, null);
    const [turn] = state.past;
    assert.deepEqual(callOf(turn, "call-1"), {
      id: "call-1",
      name: "search_files",
      title: "Searched, 1 result",
      input: '{\n  "query": "x"\n}',
      output: "",
      status: { kind: "succeeded", result: "a.ts:1", durationMs: 10 },
    });
    assert.deepEqual(callOf(turn, "call-2"), {
      id: "call-2",
      name: "run_task",
      title: "Ran",
      input: "{}",
      output: "",
      status: { kind: "failed", result: "exit code 1", durationMs: 30 },
    });
    assert.deepEqual(turn?.phase, { kind: "ended", outcome: { kind: "completed" }, durationMs: 640 });
    assert.deepEqual(turn?.usage, {
      inputTokens: 20,
      outputTokens: 4,
      cacheReadInputTokens: 6,
      cacheWriteInputTokens: 8,
    });
    assert.deepEqual(
      turn?.parts.map((part) => [part.kind, part.step]),
      [
        ["recovered", 1],
        ["reasoning", 1],
        ["text", 1],
        ["tool", 1],
        ["tool", 1],
        ["reasoning", 1],
        ["text", 2],
      ],
    );
  });

  it("leaves usage unknown, not zero, while no step reported any", () => {
    const state = fold([{ type: "step-end", stopReason: "end_turn", usage: null, at: 3 }], foldUntil("turn-start"));
    assert.equal(state.current?.usage, null);
  });

  it("closes every call that the turn's end finds open, and no other", () => {
    const asked = foldUntil("tool-awaiting-approval");
    const withStreaming = fold([{ type: "tool-start", id: "call-3", name: "t", title: "T", at: 672 }], asked);
    const ended = fold([{ type: "turn-end", outcome: { kind: "cancelled" }, at: 700 }], withStreaming);
    const cancelled = { kind: "cancelled", result: "", durationMs: 0 };
    const notStarted = { ...cancelled, notStarted: true };
    assert.deepEqual(
      ["call-1", "call-2", "call-3"].map((id) => callOf(ended.past[0], id)?.status),
      [cancelled, notStarted, notStarted],
    );
    assert.deepEqual(callOf(fold(wholeTurn).past[0], "call-1")?.status.kind, "succeeded");
  });

  it("takes the last turn up again on resume, with what it had shown", () => {
    const ended = fold(wholeTurn);
    const resumed = reduceChat(ended, { type: "turn-resume", at: 900 });
    assert.deepEqual(resumed.past, []);
    assert.deepEqual(resumed.current, { ...ended.past[0], startedAt: 260, phase: { kind: "waiting", since: 900 } });
  });

  it("leaves the time in which it rested out of a resumed turn's duration", () => {
    const again = fold([
      ...wholeTurn,
      { type: "turn-resume", at: 9_000 },
      { type: "turn-end", outcome: { kind: "completed" }, at: 9_005 },
    ]);
    const [turn] = again.past;
    assert.equal(turn?.phase.kind === "ended" && turn.phase.durationMs, 645);
  });

  it("takes the connection of the notice that tells of another one", () => {
    const connection: Connection = { kind: "bedrock", modelId: "m2" };
    const turn = fold([{ type: "notice", text: "Now m2.", at: 1, connection }], foldUntil("step-start")).current;
    assert.deepEqual(turn?.connection, connection);
  });

  it("B3.49 replaces what a step had shown by the words of a guardrail, and keeps its calls", () => {
    const shown = foldUntil("tool-start");
    const turn = fold([{ type: "retracted", text: "Blocked.", at: 1 }], shown).current;
    const kept = shown.current?.parts.filter(({ kind }) => kind !== "text" && kind !== "reasoning") ?? [];
    assert.ok(kept.some(({ kind }) => kind === "tool"));
    assert.deepEqual(turn?.parts, [...kept, { kind: "text", step: 1, block: 0, text: "Blocked." }]);
  });

  it("remembers what is withheld, and shows it as before", () => {
    const shown = foldUntil("step-start");
    const places = [{ message: 0, block: 1, reason: "refused" as const }];
    assert.deepEqual(fold([{ type: "withheld", places, at: 1 }], shown), { ...shown, withheld: places });
  });
});
