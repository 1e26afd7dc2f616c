import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import type { SilentPhase } from "../protocol/chat-event.ts";
import type { BedrockSettings } from "./bedrock-settings.ts";

type Limits = Pick<BedrockSettings, "firstByteMs" | "idleMs" | "thinkingMs" | "textMs" | "toolInputMs">;

/** How long each phase may be silent, in milliseconds. */
export function silenceLimit(phase: SilentPhase, limits: Limits): number {
  switch (phase) {
    case "first-byte":
      return limits.firstByteMs;
    case "thinking":
      return limits.thinkingMs ?? limits.idleMs;
    case "text":
      return limits.textMs ?? limits.idleMs;
    case "tool-input":
      return limits.toolInputMs ?? limits.idleMs;
  }
}

/** The longest of them. */
export function longestSilence(limits: Limits): number {
  const phases = ["first-byte", "thinking", "text", "tool-input"] as const;
  return Math.max(...phases.map((phase) => silenceLimit(phase, limits)));
}

/** What the model is at after an event. One that has begun its message and shown nothing yet is thinking. */
export function phaseAfter(event: ConverseStreamOutput, phase: SilentPhase): SilentPhase {
  if (event.messageStart !== undefined) return "thinking";
  if (event.contentBlockStart?.start?.toolUse !== undefined) return "tool-input";
  const delta = event.contentBlockDelta?.delta;
  if (delta?.reasoningContent !== undefined) return "thinking";
  if (delta?.toolUse !== undefined) return "tool-input";
  if (delta?.text !== undefined) return "text";
  return phase === "first-byte" ? "thinking" : phase;
}
