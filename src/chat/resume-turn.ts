import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { brokenText } from "../protocol/broken-text.ts";
import type { Turn } from "../protocol/chat-state.ts";
import type { TurnPause } from "../protocol/turn-pause.ts";
import { type Prompt, toUserMessage } from "./prompt.ts";

export function hasCompleted({ phase }: Turn): boolean {
  return phase.kind === "ended" && phase.outcome.kind === "completed";
}

/** Why a turn paused; undefined where it did not. */
export function pauseOf({ phase }: Turn): TurnPause | undefined {
  return phase.kind === "ended" && phase.outcome.kind === "paused" ? phase.outcome.pause : undefined;
}

/** Where the loop goes on in its turn. */
export interface NextStep {
  readonly firstStep: number;
  readonly firstAttempt: number;
  /** What the step to be replaced has on the screen. */
  readonly shown: Message | undefined;
}

/** A step that broke off before its message was whole is tried again in its place; else the next step begins. */
export function nextStep(turn: Turn, messages: readonly Message[]): NextStep {
  const { phase, step, wholeStep } = turn;
  const broken = phase.kind === "ended" && (phase.outcome.kind === "failed" || phase.outcome.kind === "interrupted");
  const again = broken && step > wholeStep && messages.at(-1)?.role === "user";
  if (!again) return { firstStep: step + 1, firstAttempt: 1, shown: undefined };
  const text = brokenText(turn);
  const shown: Message | undefined = text.trim() === "" ? undefined : assistantMessage(text);
  return { firstStep: step, firstAttempt: 2, shown };
}

/**
 * The messages with which a broken or cut answer is continued: what it showed, where the history does not have it yet,
 * and a user message, because newer Claude models refuse to go on from an assistant message. Undefined where nothing
 * is there to continue.
 */
export function continueTurn(turn: Turn, messages: readonly Message[]): readonly Message[] | undefined {
  const { phase } = turn;
  if (phase.kind !== "ended") return undefined;
  switch (phase.outcome.kind) {
    case "max-tokens":
      return messages.at(-1)?.role === "assistant" ? [userMessage(cutByLimit)] : [];
    case "failed":
    case "interrupted": {
      const text = brokenText(turn);
      if (text.trim() === "" || messages.at(-1)?.role !== "user") return undefined;
      return [assistantMessage(text), userMessage(cutByConnection + lostCalls(turn))];
    }
    case "completed":
    case "cancelled":
    case "step-limit":
    case "paused":
    case "stopped":
      return undefined;
  }
}

/**
 * The messages of a new prompt. Behind a broken answer, which the user might have continued, the model is told what it
 * had said of it, and which calls that they have seen begin did not happen.
 */
export function askAnew(prompt: Prompt, last: Turn | undefined, messages: readonly Message[]): readonly Message[] {
  const { answer, note } = carryBroken(last, messages);
  return [...(answer === undefined ? [] : [answer]), toUserMessage(prompt, note)];
}

interface Carried {
  readonly answer: Message | undefined;
  /** What the message of the prompt begins with. */
  readonly note: string | undefined;
}

function carryBroken(turn: Turn | undefined, messages: readonly Message[]): Carried {
  const nothing: Carried = { answer: undefined, note: undefined };
  if (turn?.phase.kind !== "ended" || turn.step <= turn.wholeStep) return nothing;
  const lost = lostCalls(turn);
  switch (turn.phase.outcome.kind) {
    case "failed":
    case "interrupted": {
      if (messages.at(-1)?.role !== "user") return nothing;
      const text = brokenText(turn);
      const answer = text.trim() === "" ? undefined : assistantMessage(text);
      const note = answer === undefined && lost === "" ? undefined : `${brokenOff}${lost}`;
      return { answer, note };
    }
    // What was shown until Stop is in the messages.
    case "cancelled":
      return { answer: undefined, note: lost === "" ? undefined : `${stopped}${lost}` };
    case "completed":
    case "max-tokens":
    case "step-limit":
    case "paused":
    case "stopped":
      return nothing;
  }
}

const brokenOff = "Your previous answer was cut off by a connection error; what follows is a new prompt.";
const stopped = "The user stopped your previous answer; what follows is a new prompt.";
const cutByLimit =
  "Your previous answer was cut off at the output limit. Continue exactly where it stopped, without repeating any of it.";
const cutByConnection =
  "Your previous answer was cut off by a connection error. Continue exactly where it stopped, without repeating any of it.";

function lostCalls({ parts, step }: Turn): string {
  const names = parts.flatMap((part) => (part.kind === "tool" && part.step === step ? [part.call.name] : []));
  return names.length === 0 ? "" : ` The call of ${names.join(", ")} that you had begun did not happen.`;
}

function assistantMessage(text: string): Message {
  return { role: "assistant", content: [{ text }] };
}

function userMessage(text: string): Message {
  return { role: "user", content: [{ text }] };
}
