import type { ChatEvent } from "./chat-event.ts";
import type { ChatState, ToolCall, Turn, TurnPart, TurnPhase } from "./chat-state.ts";
import { tail } from "./tail.ts";
import { addUsage, noUsage, type TokenUsage } from "./token-usage.ts";

/**
 * Folds one event into the state. Pure, run by host and panel alike. Only the current turn is copied.
 * An event that fits nothing (a delta without a turn, an unknown tool call) leaves the state as it is.
 */
export function reduceChat(state: ChatState, event: ChatEvent): ChatState {
  if (event.type === "turn-start") return startTurn(state, event);
  if (event.type === "turn-resume") return resumeTurn(state, event);
  if (event.type === "compaction-undone") {
    return { ...state, compactions: state.compactions.filter(({ id }) => id !== event.id) };
  }
  if (state.current === null) return state;
  if (event.type === "turn-end") {
    const ended = endTurn(state.current, event);
    return { ...state, past: [...state.past, ended], current: null };
  }
  const current = reduceTurn(state.current, event);
  if (event.type !== "compaction") return { ...state, current };
  return { ...state, current, compactions: [...state.compactions, event.compaction] };
}

type TurnStart = Extract<ChatEvent, { type: "turn-start" }>;
type TurnResume = Extract<ChatEvent, { type: "turn-resume" }>;
type TurnEnd = Extract<ChatEvent, { type: "turn-end" }>;
type InTurn = Exclude<ChatEvent, { type: "turn-start" | "turn-resume" | "turn-end" | "compaction-undone" }>;

function startTurn(state: ChatState, event: TurnStart): ChatState {
  const turn: Turn = {
    id: event.turnId,
    prompt: event.prompt,
    attachments: event.attachments,
    connection: event.connection,
    startedAt: event.at,
    step: 0,
    wholeStep: 0,
    parts: [],
    phase: { kind: "waiting", since: event.at },
    silence: null,
    replacing: null,
    trouble: null,
    usage: null,
    retries: 0,
  };
  return { ...state, current: turn };
}

function resumeTurn(state: ChatState, { at, kept }: TurnResume): ChatState {
  const last = state.past.at(-1);
  if (state.current !== null || last === undefined) return state;
  const wholeStep = kept ? last.step : last.wholeStep;
  const current: Turn = { ...last, wholeStep, phase: { kind: "waiting", since: at } };
  return { ...state, past: state.past.slice(0, -1), current };
}

function endTurn(turn: Turn, event: TurnEnd): Turn {
  const durationMs = Math.max(0, event.at - turn.startedAt);
  const parts = turn.parts.map((part) => (part.kind === "tool" ? { ...part, call: closeCall(part.call) } : part));
  const phase: TurnPhase = { kind: "ended", outcome: event.outcome, durationMs };
  return { ...turn, parts, phase, silence: null, replacing: null, trouble: null };
}

/** No tool call outlives its turn. */
function closeCall(call: ToolCall): ToolCall {
  switch (call.status.kind) {
    case "streaming":
    case "awaiting-approval":
      return { ...call, status: { kind: "cancelled", result: "", durationMs: 0, notStarted: true } };
    case "running":
      return { ...call, status: { kind: "cancelled", result: "", durationMs: 0 } };
    case "succeeded":
    case "failed":
    case "denied":
    case "cancelled":
      return call;
  }
}

function reduceTurn(turn: Turn, event: InTurn): Turn {
  switch (event.type) {
    case "step-start": {
      const replacing = event.attempt > 1 ? event.step : turn.replacing;
      return { ...turn, step: event.step, replacing, silence: null, phase: { kind: "waiting", since: event.at } };
    }
    case "text-delta":
      return appendText(arrived(turn), event.block, event.text);
    case "reasoning-delta":
      return appendReasoning(arrived(turn, event.since ?? event.at), turn.phase, event);
    case "tool-start": {
      const { id, name, title } = event;
      const call: ToolCall = { id, name, title, input: "", output: "", status: { kind: "streaming" } };
      return addPart(arrived(turn, event.at), { kind: "tool", step: turn.step, call });
    }
    case "step-end": {
      const whole = arrived(turn, event.at);
      return {
        ...countUsage(whole, event.usage),
        wholeStep: event.rejected ? turn.wholeStep : turn.step,
        phase: event.stopReason === "tool_use" ? { kind: "tools" } : whole.phase,
      };
    }
    case "retry-scheduled":
      return scheduleRetry(turn, event);
    case "silence": {
      const since = event.at - event.silentMs;
      return { ...turn, silence: { phase: event.phase, since, reconnectsAt: since + event.limitMs } };
    }
    case "pace":
      return { ...turn, phase: { kind: "pacing", reason: event.reason, resumesAt: event.at + event.delayMs } };
    case "compaction":
      return addPart(countUsage(turn, event.usage), {
        kind: "compaction",
        step: turn.step,
        compaction: event.compaction,
      });
    case "notice":
      return addPart(turn, { kind: "notice", step: turn.step, text: event.text });
    case "tool-input-delta":
      return changeCall(heard(turn), event.id, (call) => ({ ...call, input: call.input + event.fragment }));
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
      return changeCall(turn, event.id, (call) => ({ ...call, output: tail(call.output + event.text) }));
    case "tool-end":
      return changeCall(turn, event.id, (call) => ({
        ...call,
        title: event.title,
        output: "",
        status: { kind: event.state, result: event.result, durationMs: runningTime(call, event.at) },
      }));
  }
}

function runningTime(call: ToolCall, at: number): number {
  return call.status.kind === "running" ? Math.max(0, at - call.status.since) : 0;
}

/** Something came: what it replaces goes, and retries that led to it are over. */
function arrived(turn: Turn, at?: number): Turn {
  if (turn.phase.kind === "streaming" && turn.silence === null && turn.replacing === null && turn.trouble === null) {
    return turn;
  }
  const { replacing, trouble, step } = turn;
  const parts =
    replacing === null ? turn.parts : turn.parts.filter((part) => part.step !== replacing || isLasting(part));
  const fresh: Turn = { ...turn, parts, phase: { kind: "streaming" }, silence: null, replacing: null, trouble: null };
  if (trouble === null) return fresh;
  const until = at ?? (turn.phase.kind === "waiting" ? turn.phase.since : trouble.since);
  const durationMs = Math.max(0, until - trouble.since);
  return addPart(fresh, { kind: "recovered", step, errors: trouble.errors, durationMs });
}

function heard(turn: Turn): Turn {
  return turn.silence === null ? turn : { ...turn, silence: null };
}

/** What happened stays told when an attempt's answer is replaced. */
function isLasting(part: TurnPart): boolean {
  return part.kind === "recovered" || part.kind === "notice" || part.kind === "compaction";
}

function scheduleRetry(turn: Turn, event: Extract<ChatEvent, { type: "retry-scheduled" }>): Turn {
  const { error, retry, retries, delayMs, at } = event;
  const { since, errors } = turn.trouble ?? { since: at, errors: [] };
  return {
    ...turn,
    retries: turn.retries + 1,
    silence: null,
    replacing: turn.step > turn.wholeStep ? turn.step : null,
    trouble: { since, errors: [...errors, error] },
    phase: { kind: "retrying", error, retry, retries, resumesAt: at + delayMs },
  };
}

/** Unknown usage is not zero: it leaves the sum as it is. */
function countUsage(turn: Turn, usage: TokenUsage | null): Turn {
  return usage === null ? turn : { ...turn, usage: addUsage(turn.usage ?? noUsage, usage) };
}

function addPart(turn: Turn, part: TurnPart): Turn {
  return { ...turn, parts: [...turn.parts, part] };
}

function appendText(turn: Turn, block: number, text: string): Turn {
  const last = turn.parts.at(-1);
  if (last?.kind === "text" && last.step === turn.step && last.block === block) {
    return { ...turn, parts: turn.parts.with(-1, { ...last, text: last.text + text }) };
  }
  return addPart(turn, { kind: "text", step: turn.step, block, text });
}

function appendReasoning(turn: Turn, before: TurnPhase, event: Extract<ChatEvent, { type: "reasoning-delta" }>): Turn {
  const { block, text, at, since = at } = event;
  const last = turn.parts.at(-1);
  if (last?.kind === "reasoning" && last.step === turn.step && last.block === block) {
    return { ...turn, parts: turn.parts.with(-1, { ...last, text: last.text + text, updatedAt: at }) };
  }
  const startedAt = before.kind === "waiting" ? before.since : since;
  return addPart(turn, { kind: "reasoning", step: turn.step, block, text, startedAt, updatedAt: at });
}

function changeCall(turn: Turn, id: string, change: (call: ToolCall) => ToolCall): Turn {
  const index = turn.parts.findLastIndex((part) => part.kind === "tool" && part.call.id === id);
  const part = turn.parts[index];
  if (part?.kind !== "tool") return turn;
  return { ...turn, parts: turn.parts.with(index, { ...part, call: change(part.call) }) };
}
