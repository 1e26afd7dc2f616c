import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { brokenText } from "../protocol/broken-text.ts";
import type { Turn } from "../protocol/chat-state.ts";

export function hasCompleted({ phase }: Turn): boolean {
  return phase.kind === "ended" && phase.outcome.kind === "completed";
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
    case "stopped":
      return undefined;
  }
}

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
