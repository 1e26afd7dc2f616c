import type { Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { OpenCall } from "../agent/answer-calls.ts";
import type { Tool } from "../agent/tool.ts";
import { parseToolInput } from "../agent/tool-input.ts";
import type { ToolCall, Turn } from "../protocol/chat-state.ts";

/** At what the process ended. */
export interface Waited {
  /** Ids of the calls about which, or by which, the user was asked and had not answered. */
  readonly waiting: readonly string[];
  readonly tools: readonly Tool[];
}

/**
 * The calls that the history ends with because the process ended before all of them were answered. What had finished
 * is answered with its result, what had started with the doubt, and what had not started goes through the gate again;
 * so does a question of the model that waited, and whatever else only read beside it.
 */
export function openCalls(turn: Turn | undefined, messages: readonly Message[], waited: Waited): readonly OpenCall[] {
  const last = messages.at(-1);
  if (turn === undefined || last?.role !== "assistant" || turn.step !== turn.wholeStep) return [];
  const calls = turn.parts.flatMap((part) => (part.kind === "tool" && part.step === turn.step ? [part.call] : []));
  const uses = (last.content ?? []).flatMap(({ toolUse }) => (toolUse === undefined || toolUse.type ? [] : [toolUse]));
  return uses.flatMap(({ toolUseId, name, input }, index): readonly OpenCall[] => {
    if (toolUseId === undefined || name === undefined) return [];
    const call = calls[index];
    const result = call === undefined || isAskedAgain(call, waited) ? undefined : knownResult(call, toolUseId);
    if (result !== undefined) return [{ kind: "answered", result }];
    // The history holds an object for every call, also for one that could not be read.
    const parsed = parseToolInput(call?.input ?? JSON.stringify(input ?? {}));
    return [{ kind: "open", use: { id: call?.id ?? toolUseId, toolUseId, name, input: parsed } }];
  });
}

/** Whether the turn ended because its process did, at calls about which the user was asked and whose tools are there. */
export function mayAskAgain(turn: Turn, messages: readonly Message[], waited: Waited): boolean {
  const { waiting, tools } = waited;
  if (turn.phase.kind !== "ended" || turn.phase.outcome.kind !== "interrupted") return false;
  const asked = openCalls(turn, messages, waited).filter(
    (call) => call.kind === "open" && waiting.includes(call.use.id),
  );
  const known = new Set(tools.map(({ name }) => name));
  return asked.length > 0 && asked.every((call) => call.kind === "open" && known.has(call.use.name));
}

/** It had begun, and nothing has come of it. */
function isAskedAgain({ id, name, status }: ToolCall, { waiting, tools }: Waited): boolean {
  if (status.kind !== "cancelled" || !waiting.includes(id)) return false;
  return tools.some((tool) => tool.name === name && tool.effect === "read");
}

function knownResult({ status }: ToolCall, toolUseId: string): ToolResultBlock | undefined {
  switch (status.kind) {
    case "succeeded":
    case "failed":
    case "denied":
      return toResult(toolUseId, status.kind === "succeeded", status.result);
    case "cancelled":
      return status.notStarted ? undefined : toResult(toolUseId, false, interrupted);
    case "streaming":
    case "awaiting-approval":
    case "running":
      return undefined;
  }
}

const interrupted = "This call was interrupted; it is not known to have run. Check before doing it again.";

function toResult(toolUseId: string, success: boolean, text: string): ToolResultBlock {
  const content = [{ text: text.trim() === "" ? "(no output)" : text }];
  return { toolUseId, status: success ? "success" : "error", content };
}
