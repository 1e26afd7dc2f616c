import type { ChatEvent } from "./chat-event.ts";
import type { ChatState, ToolCall, Turn, TurnPart, TurnPhase } from "./chat-state.ts";
import { addUsage, noUsage } from "./token-usage.ts";

/**
 * Folds one event into the state. Pure, run by host and panel alike. Only the current turn is copied.
 * An event that fits nothing (a delta without a turn, an unknown tool call) leaves the state as it is.
 */
export function reduceChat(state: ChatState, event: ChatEvent): ChatState {
  if (event.type === "turn-start") return startTurn(state, event);
  if (event.type === "turn-resume") return resumeTurn(state, event.at);
  if (state.current === null) return state;
  if (event.type === "turn-end") {
    const ended = endTurn(state.current, event);
    return { ...state, past: [...state.past, ended], current: null };
  }
  return { ...state, current: reduceTurn(state.current, event) };
}

type TurnStart = Extract<ChatEvent, { type: "turn-start" }>;
type TurnEnd = Extract<ChatEvent, { type: "turn-end" }>;
type InTurn = Exclude<ChatEvent, { type: "turn-start" | "turn-resume" | "turn-end" }>;

function startTurn(state: ChatState, event: TurnStart): ChatState {
  const turn: Turn = {
    id: event.turnId,
    prompt: event.prompt,
    attachments: event.attachments,
    connection: event.connection,
    startedAt: event.at,
    step: 0,
    parts: [],
    phase: { kind: "waiting", since: event.at },
    usage: null,
    retries: 0,
  };
  return { ...state, current: turn };
}

function resumeTurn(state: ChatState, at: number): ChatState {
  const last = state.past.at(-1);
  if (state.current !== null || last === undefined) return state;
  return { ...state, past: state.past.slice(0, -1), current: { ...last, phase: { kind: "waiting", since: at } } };
}

function endTurn(turn: Turn, event: TurnEnd): Turn {
  const durationMs = Math.max(0, event.at - turn.startedAt);
  const parts = turn.parts.map((part) => (part.kind === "tool" ? { ...part, call: closeCall(part.call) } : part));
  return { ...turn, parts, phase: { kind: "ended", outcome: event.outcome, durationMs } };
}

/** No tool call outlives its turn. */
function closeCall(call: ToolCall): ToolCall {
  switch (call.status.kind) {
    case "streaming":
    case "awaiting-approval":
    case "running":
      return { ...call, status: { kind: "cancelled", result: "", durationMs: 0 } };
    case "succeeded":
    case "failed":
    case "denied":
    case "cancelled":
      return call;
  }
}

const streaming: TurnPhase = { kind: "streaming" };
const tools: TurnPhase = { kind: "tools" };

function reduceTurn(turn: Turn, event: InTurn): Turn {
  switch (event.type) {
    case "step-start": {
      const parts = event.attempt > 1 ? turn.parts.filter((part) => part.step !== event.step) : turn.parts;
      return { ...turn, step: event.step, parts, phase: { kind: "waiting", since: event.at } };
    }
    case "text-delta":
      return { ...turn, phase: streaming, parts: appendText(turn, event.block, event.text) };
    case "reasoning-delta":
      return { ...turn, phase: streaming, parts: appendReasoning(turn, event) };
    case "tool-start": {
      const { id, name, title } = event;
      const call: ToolCall = { id, name, title, input: "", output: "", status: { kind: "streaming" } };
      return { ...turn, phase: streaming, parts: [...turn.parts, { kind: "tool", step: turn.step, call }] };
    }
    case "step-end": {
      const usage = event.usage === null ? turn.usage : addUsage(turn.usage ?? noUsage, event.usage);
      return { ...turn, usage, phase: event.stopReason === "tool_use" ? tools : turn.phase };
    }
    case "retry-scheduled": {
      const { error, retry, retries, delayMs, at } = event;
      return {
        ...turn,
        retries: turn.retries + 1,
        phase: { kind: "retrying", error, retry, retries, resumesAt: at + delayMs },
      };
    }
    case "tool-input-delta":
      return changeCall(turn, event.id, (call) => ({ ...call, input: call.input + event.fragment }));
    case "tool-input":
      return changeCall(turn, event.id, (call) => ({ ...call, input: event.input, title: event.title }));
    case "tool-awaiting-approval":
      return changeCall(turn, event.id, (call) => ({
        ...call,
        status: { kind: "awaiting-approval", request: event.request },
      }));
    case "tool-running":
      return changeCall(turn, event.id, (call) => ({ ...call, status: { kind: "running", since: event.at } }));
    case "tool-output":
      return changeCall(turn, event.id, (call) => ({ ...call, output: call.output + event.text }));
    case "tool-end":
      return changeCall(turn, event.id, (call) => ({
        ...call,
        title: event.title,
        status: { kind: event.state, result: event.result, durationMs: runningTime(call, event.at) },
      }));
  }
}

function runningTime(call: ToolCall, at: number): number {
  return call.status.kind === "running" ? Math.max(0, at - call.status.since) : 0;
}

function appendText(turn: Turn, block: number, text: string): readonly TurnPart[] {
  const last = turn.parts.at(-1);
  if (last?.kind === "text" && last.step === turn.step && last.block === block) {
    return turn.parts.with(-1, { ...last, text: last.text + text });
  }
  return [...turn.parts, { kind: "text", step: turn.step, block, text }];
}

function appendReasoning(turn: Turn, event: Extract<ChatEvent, { type: "reasoning-delta" }>): readonly TurnPart[] {
  const { block, text, at, since = at } = event;
  const last = turn.parts.at(-1);
  if (last?.kind === "reasoning" && last.step === turn.step && last.block === block) {
    return turn.parts.with(-1, { ...last, text: last.text + text, updatedAt: at });
  }
  const startedAt = turn.phase.kind === "waiting" ? turn.phase.since : since;
  return [...turn.parts, { kind: "reasoning", step: turn.step, block, text, startedAt, updatedAt: at }];
}

function changeCall(turn: Turn, id: string, change: (call: ToolCall) => ToolCall): Turn {
  const index = turn.parts.findLastIndex((part) => part.kind === "tool" && part.call.id === id);
  const part = turn.parts[index];
  if (part?.kind !== "tool") return turn;
  return { ...turn, parts: turn.parts.with(index, { ...part, call: change(part.call) }) };
}
