import type { ChatEvent } from "./chat-event.ts";
import type { ChatState, ToolCall, Turn, TurnPhase } from "./chat-state.ts";
import { addCost, type Cost } from "./cost.ts";
import { withoutQuestions } from "./open-questions.ts";
import { addUsage, noUsage, type TokenUsage } from "./token-usage.ts";

type TurnStart = Extract<ChatEvent, { type: "turn-start" }>;
type TurnResume = Extract<ChatEvent, { type: "turn-resume" }>;
type TurnEnd = Extract<ChatEvent, { type: "turn-end" }>;

export function startTurn(state: ChatState, event: TurnStart): ChatState {
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

export function resumeTurn(state: ChatState, { at, kept, held }: TurnResume): ChatState {
  const last = state.past.at(-1);
  if (state.current !== null || last === undefined) return state;
  const wholeStep = kept ? last.step : last.wholeStep;
  const startedAt = last.phase.kind === "ended" ? at - last.phase.durationMs : last.startedAt;
  const current: Turn = { ...last, startedAt, wholeStep, trouble: null, phase: { kind: "waiting", since: at } };
  if (held) return { ...state, past: state.past.slice(0, -1), current: { ...current, held, phase: { kind: "tools" } } };
  return { ...state, past: state.past.slice(0, -1), current };
}

export function endTurn(turn: Turn, event: TurnEnd): Turn {
  const durationMs = Math.max(0, event.at - turn.startedAt);
  const parts = turn.parts.map((part) =>
    part.kind === "tool" ? { ...part, call: closeCall(part.call, event) } : part,
  );
  const phase: TurnPhase = { kind: "ended", outcome: event.outcome, durationMs };
  const trouble = event.outcome.kind === "failed" ? turn.trouble : null;
  return {
    ...addTurnCost(withoutQuestions(answered(turn)), event.cost),
    parts,
    phase,
    silence: null,
    replacing: null,
    trouble,
  };
}

export function addTurnCost(turn: Turn, cost: Cost | undefined): Turn {
  const sum = addCost(turn.cost, cost);
  return sum === undefined ? turn : { ...turn, cost: sum };
}

/** Unknown usage is not zero: it leaves the sum as it is. */
export function countUsage(turn: Turn, usage: TokenUsage | null): Turn {
  return usage === null ? turn : { ...turn, usage: addUsage(turn.usage ?? noUsage, usage) };
}

/** A held turn goes on. */
export function answered(turn: Turn): Turn {
  if (turn.held === undefined) return turn;
  const { held: _, ...going } = turn;
  return going;
}

/** No tool call outlives its turn. */
function closeCall(call: ToolCall, { outcome }: TurnEnd): ToolCall {
  switch (call.status.kind) {
    case "streaming":
    case "awaiting-approval":
      return { ...call, status: { kind: "cancelled", result: "", durationMs: 0, notStarted: true } };
    case "running":
      return {
        ...call,
        status: {
          kind: "cancelled",
          result: "",
          durationMs: 0,
          ...(outcome.kind === "interrupted" && { interrupted: true }),
        },
      };
    case "succeeded":
    case "failed":
    case "denied":
    case "cancelled":
      return call;
  }
}
