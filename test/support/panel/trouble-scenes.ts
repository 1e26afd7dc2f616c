import type { ChatEvent, SilentPhase, TurnOutcome } from "../../../src/protocol/chat-event.ts";
import type { TurnError } from "../../../src/protocol/turn-error.ts";
import { bedrockContext } from "./contexts.ts";
import { text, toolStart } from "./scenes.ts";

/** What a model call says of itself when the connection broke in mid-answer. */
export const dropped: TurnError = {
  kind: "truncated_stream",
  message: "The connection ended before the answer was complete (claude-sonnet-4-5, eu-central-1).",
  detail: "The stream ended after 41 events, without messageStop.",
  requestId: "7b1f0c1e-90aa-4d0e-8f5d-2c9b7d1f3e55",
  actions: ["retry"],
};

export const throttledBriefly: TurnError = {
  kind: "throttled",
  message: "Throttled by Bedrock (claude-sonnet-4-5, eu-central-1).",
  detail: "ThrottlingException: Too many tokens, please wait before trying again.",
  requestId: "0d1c2b3a-4e5f-6071-8293-a4b5c6d7e8f9",
  actions: ["retry", "select-model"],
};

/** A turn whose first step begins at `at`. */
export function turnAt(at: number, turnId = "turn-1"): readonly ChatEvent[] {
  const { connection } = bedrockContext;
  return [
    { type: "turn-start", turnId, prompt: "Where is the retry delay computed?", attachments: [], connection, at },
    { type: "step-start", step: 1, attempt: 1, at },
  ];
}

export function retryAt(at: number, error: TurnError, retry = 1, delayMs = 7000): ChatEvent {
  return { type: "retry-scheduled", error, retry, retries: 5, delayMs, at };
}

export function silenceAt(at: number, phase: SilentPhase, silentMs = 30_000): Extract<ChatEvent, { type: "silence" }> {
  return { type: "silence", phase, silentMs, limitMs: 90_000, at };
}

export function endAt(at: number, outcome: TurnOutcome): ChatEvent {
  return { type: "turn-end", outcome, at };
}

/** The first part of an answer: thinking, words, code, and a tool call that is still being written. */
export function brokenAnswer(at: number): readonly ChatEvent[] {
  return [
    { type: "reasoning-delta", block: 0, text: "The delay is somewhere under `src/net`.", at },
    text(
      "The retry delay is computed in [retry-delay.ts](src/net/retry-delay.ts:12), with **full jitter**:\n\n```ts\nreturn Math.floor(random() * capped); // never more than 20 s\n```\n\nI check who calls `retryDelay`.",
      1,
    ),
    toolStart("half", "search_files", "Searching the workspace"),
    { type: "tool-input-delta", id: "half", fragment: '{"pattern":"retryDel' },
  ];
}
