import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brokenText } from "../../../src/protocol/broken-text.ts";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import type { Turn } from "../../../src/protocol/chat-state.ts";
import type { TurnError } from "../../../src/protocol/turn-error.ts";
import { fold, throttled, wholeTurn } from "../../support/chat-events.ts";

const start = wholeTurn.slice(0, 1);
const step = (number: number, attempt: number, at: number): ChatEvent => ({
  type: "step-start",
  step: number,
  attempt,
  at,
});
const text = (value: string, at?: number): ChatEvent => {
  return { type: "text-delta", block: 0, text: value, ...(at !== undefined && { at }) };
};
/** An error as the state keeps it: with its time. */
const failedAt = (at: number, error: TurnError = throttled): TurnError => ({ ...error, at });
const retry = (at: number, error: TurnError = throttled): ChatEvent => {
  return { type: "retry-scheduled", error, retry: 1, retries: 3, delayMs: 500, at };
};
const usage = { inputTokens: 10, outputTokens: 2, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };
const stepEnd = (at: number, rejected?: true): ChatEvent => {
  return { type: "step-end", stopReason: "end_turn", usage, at, ...(rejected && { rejected }) };
};

/** The turn that these events, behind a turn-start, have come to. */
function turnAfter(...events: readonly ChatEvent[]): Turn {
  const { current, past } = fold([...start, ...events]);
  return current ?? past.at(-1) ?? assert.fail("there is no turn");
}

const textPart = (value: string, of = 1) => ({ kind: "text", step: of, block: 0, text: value }) as const;

describe("reduceChat, a retry", () => {
  it("B4.74 keeps the old text, as one to be replaced, until something new has come, and never both", () => {
    const failed = [step(1, 1, 100), text("Hel"), retry(110)];
    assert.deepEqual([turnAfter(...failed).parts, turnAfter(...failed).replacing], [[textPart("Hel")], 1]);
    const again = [...failed, step(1, 2, 610)];
    assert.deepEqual([turnAfter(...again).parts, turnAfter(...again).replacing], [[textPart("Hel")], 1]);
    const answered = turnAfter(...again, text("Hello"));
    assert.deepEqual(answered.parts, [
      { kind: "recovered", step: 1, errors: [failedAt(110)], durationMs: 500 },
      textPart("Hello"),
    ]);
    assert.equal(answered.replacing, null);
    assert.equal(answered.trouble, null);
  });

  it("replaces thinking and half a tool call in the same way", () => {
    const failed: readonly ChatEvent[] = [
      step(1, 1, 100),
      { type: "reasoning-delta", block: 0, text: "Hm", at: 105 },
      { type: "tool-start", id: "t1", name: "look", title: "Looking", at: 106 },
      { type: "tool-input-delta", id: "t1", fragment: '{"a":' },
      retry(110),
      step(1, 2, 610),
    ];
    assert.deepEqual(
      turnAfter(...failed).parts.map(({ kind }) => kind),
      ["reasoning", "tool"],
    );
    const answered = turnAfter(...failed, { type: "tool-start", id: "t1-2", name: "look", title: "Looking", at: 650 });
    assert.deepEqual(
      answered.parts.map((part) => (part.kind === "tool" ? part.call.id : part.kind)),
      ["recovered", "t1-2"],
    );
  });

  it("counts every failure of the row, from the first of them to what came at last", () => {
    const second: TurnError = { kind: "server", message: "503", actions: [] };
    const waiting = [step(1, 1, 100), retry(110), step(1, 2, 610), retry(620, second), step(1, 3, 1_700)];
    const errors = [failedAt(110), failedAt(620, second)];
    assert.deepEqual(turnAfter(...waiting).trouble, { since: 110, errors });
    assert.equal(turnAfter(...waiting).retries, 2);
    const reasoning: ChatEvent = { type: "reasoning-delta", block: 0, text: "Hm", at: 2_000 };
    const call: ChatEvent = { type: "tool-start", id: "t1", name: "look", title: "Looking", at: 2_100 };
    const cases = [
      [text("Hello"), 1_590],
      [text("Hello", 1_950), 1_840],
      [{ type: "text-delta", block: 0, text: "Hello", at: 9_000, since: 1_950 } as const, 1_840],
      [reasoning, 1_890],
      [{ ...reasoning, at: 2_500, since: 2_000 }, 1_890],
      [call, 1_990],
      [stepEnd(2_200), 2_090],
    ] as const;
    for (const [event, durationMs] of cases) {
      assert.deepEqual(turnAfter(...waiting, event).parts[0], { kind: "recovered", step: 1, errors, durationMs });
    }
  });

  it("tells of each recovery of a turn on its own", () => {
    const turn = turnAfter(
      ...[step(1, 1, 100), retry(110), step(1, 2, 610), text("One"), stepEnd(620)],
      ...[step(2, 1, 700), retry(710), step(2, 2, 1_210), text("Two"), stepEnd(1_220)],
    );
    assert.deepEqual(turn.parts, [
      { kind: "recovered", step: 1, errors: [failedAt(110)], durationMs: 500 },
      textPart("One"),
      { kind: "recovered", step: 2, errors: [failedAt(710)], durationMs: 500 },
      textPart("Two", 2),
    ]);
    assert.equal(turn.retries, 2);
  });

  it("keeps a recovery and a notice when the attempt in whose step they stand is replaced", () => {
    const turn = turnAfter(
      ...[step(1, 1, 100), retry(110), step(1, 2, 610), text("Hel"), retry(620)],
      { type: "notice", text: "From here on m2 answers.", at: 1_120 },
      ...[step(1, 3, 1_120), text("Hello")],
    );
    assert.deepEqual(turn.parts, [
      { kind: "recovered", step: 1, errors: [failedAt(110)], durationMs: 500 },
      { kind: "notice", step: 1, text: "From here on m2 answers." },
      { kind: "recovered", step: 1, errors: [failedAt(620)], durationMs: 500 },
      textPart("Hello"),
    ]);
  });

  it("leaves the last step alone where the next one fails before it has begun", () => {
    const failed = turnAfter(step(1, 1, 100), text("One"), stepEnd(120), retry(130));
    assert.equal(failed.replacing, null);
    const again = turnAfter(step(1, 1, 100), text("One"), stepEnd(120), retry(130), step(2, 2, 630), text("Two"));
    assert.deepEqual(again.parts, [
      textPart("One"),
      { kind: "recovered", step: 2, errors: [failedAt(130)], durationMs: 500 },
      textPart("Two", 2),
    ]);
  });

  it("ends with what is on the screen, no longer greyed, and with the errors of its retries", () => {
    const outcome = { kind: "failed", error: throttled, cutOff: true } as const;
    const turn = turnAfter(step(1, 1, 100), text("Hel"), retry(110), { type: "turn-end", outcome, at: 300 });
    assert.deepEqual(turn.parts, [textPart("Hel")]);
    assert.deepEqual([turn.replacing, turn.silence], [null, null]);
    assert.deepEqual(turn.trouble, { since: 110, errors: [failedAt(110)] });
    assert.deepEqual(turn.phase, { kind: "ended", outcome, durationMs: 200 });
  });

  it("counts the tokens of a malformed answer once, and those of the answer that replaced it", () => {
    const turn = turnAfter(step(1, 1, 100), text("Bad"), stepEnd(110, true), retry(110), step(1, 2, 110), text("Good"));
    assert.deepEqual(turn.usage, usage);
    assert.deepEqual(turn.parts.slice(1), [textPart("Good")]);
    const whole = fold([stepEnd(120)], fold([...start, step(1, 1, 100), stepEnd(110, true), step(1, 2, 111)]));
    assert.deepEqual(whole.current?.usage?.inputTokens, 20);
  });
});

describe("reduceChat, what the turn waits for", () => {
  const silence: ChatEvent = { type: "silence", phase: "text", silentMs: 30_000, limitMs: 90_000, at: 31_000 };

  it("shows since when a stream has been silent, and when it is given up", () => {
    const turn = turnAfter(step(1, 1, 100), text("Hel"), silence);
    assert.deepEqual(turn.silence, { phase: "text", since: 1_000, reconnectsAt: 91_000 });
    assert.deepEqual(turn.phase, { kind: "streaming" });
  });

  it("knows of a silence that it is the last one", () => {
    const turn = turnAfter(step(1, 1, 100), { ...silence, givesUp: true });
    assert.deepEqual(turn.silence, { phase: "text", since: 1_000, reconnectsAt: 91_000, givesUp: true });
  });

  it("knows that the retry goes to another model, until an answer comes", () => {
    const connection = { kind: "bedrock", modelId: "m2" } as const;
    const switched: ChatEvent = { type: "notice", text: "From here on m2 answers.", at: 200, connection };
    const turn = turnAfter(step(1, 1, 100), retry(110), switched, step(1, 2, 210));
    assert.deepEqual([turn.trouble?.switched, turn.connection], [true, connection]);
    assert.equal(turnAfter(step(1, 1, 100), retry(110), switched, step(1, 2, 210), text("Hi")).trouble, null);
    assert.equal(turnAfter(step(1, 1, 100), switched, retry(210)).trouble?.switched, undefined);
  });

  it("forgets the silence with whatever comes, and keeps all that was shown", () => {
    const before = [step(1, 1, 100), text("Hel"), wholeTurn[9], silence].filter((event) => event !== undefined);
    const noises: readonly ChatEvent[] = [
      text("lo"),
      { type: "reasoning-delta", block: 1, text: "Hm", at: 32_000 },
      { type: "tool-start", id: "t2", name: "look", title: "Looking", at: 32_000 },
      { type: "tool-input-delta", id: "call-1", fragment: "{" },
      stepEnd(32_000),
      step(1, 2, 32_000),
      retry(32_000),
      { type: "turn-end", outcome: { kind: "cancelled" }, at: 32_000 },
    ];
    for (const noise of noises) {
      const turn = turnAfter(...before, noise);
      assert.equal(turn.silence, null, noise.type);
      assert.deepEqual(turn.parts[0], textPart("Hel"), noise.type);
    }
  });

  it("shows why a request is held back and until when, the text to be replaced still there", () => {
    const pace: ChatEvent = { type: "pace", reason: "requests-per-minute", delayMs: 4_000, at: 610 };
    const turn = turnAfter(step(1, 1, 100), text("Hel"), retry(110), pace);
    assert.deepEqual(turn.phase, { kind: "pacing", reason: "requests-per-minute", resumesAt: 4_610 });
    assert.deepEqual([turn.parts, turn.replacing], [[textPart("Hel")], 1]);
    assert.deepEqual(turn.trouble, { since: 110, errors: [failedAt(110)] });
  });
});

describe("brokenText", () => {
  const failed: ChatEvent = { type: "turn-end", outcome: { kind: "interrupted" }, at: 200 };

  it("is the text of the step that broke off, in one piece, without thinking and calls", () => {
    const turn = turnAfter(
      ...[step(1, 1, 100), text("One"), stepEnd(110), step(2, 1, 120)],
      { type: "reasoning-delta", block: 0, text: "Hm", at: 125 },
      { type: "text-delta", block: 1, text: "So " },
      { type: "tool-start", id: "t1", name: "look", title: "Looking", at: 126 },
      { type: "text-delta", block: 3, text: "far" },
      failed,
    );
    assert.equal(brokenText(turn), "So far");
  });

  it("is empty where the last step is part of the conversation", () => {
    assert.equal(brokenText(turnAfter(step(1, 1, 100), text("One"), stepEnd(110), failed)), "");
    const kept: ChatEvent = { type: "turn-resume", at: 210, kept: true };
    assert.equal(brokenText(turnAfter(step(1, 1, 100), text("One"), failed, kept, failed)), "");
    const again: ChatEvent = { type: "turn-resume", at: 210 };
    assert.equal(brokenText(turnAfter(step(1, 1, 100), text("One"), failed, again, failed)), "One");
  });
});
