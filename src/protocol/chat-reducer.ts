import { changeChoice } from "./change-choice.ts";
import { changePlan, dropDonePlan } from "./change-plan.ts";
import { changeQueue } from "./change-queue.ts";
import { changeTitle } from "./change-title.ts";
import type { ChatEvent } from "./chat-event.ts";
import type { ChatState, ToolCall, Turn, TurnPart, TurnPhase } from "./chat-state.ts";
import { closeQuestion, openQuestion } from "./open-questions.ts";
import { dropRewound, rewindChat, undoRewind } from "./rewind-chat.ts";
import { tail } from "./tail.ts";
import { addTurnCost, answered, countUsage, endTurn, resumeTurn, startTurn } from "./turn-bounds.ts";
import { addPart, appendReasoning, appendText } from "./turn-parts.ts";
import { arrived, heard, scheduleRetry } from "./turn-trouble.ts";

/**
 * Folds one event into the state. Pure, run by host and panel alike. Only the current turn is copied.
 * An event that fits nothing (a delta without a turn, an unknown tool call) leaves the state as it is.
 */
export function reduceChat(state: ChatState, event: ChatEvent): ChatState {
  if (event.type === "turn-start") return startTurn(dropDonePlan(dropRewound(state)), event);
  if (event.type === "turn-resume") return resumeTurn(dropRewound(state), event);
  if (event.type === "rewind") return rewindChat(state, event);
  if (event.type === "rewind-undone") return undoRewind(state);
  if (event.type === "compaction-undone") {
    return { ...state, compactions: state.compactions.filter(({ id }) => id !== event.id) };
  }
  if (event.type === "choice") return changeChoice(state, event);
  if (event.type === "plan") return changePlan(state, event.items);
  if (event.type === "title") return changeTitle(state, event);
  if (event.type === "queued" || event.type === "unqueued") return changeQueue(state, event);
  if (event.type === "archived") return archive(state, event.archived);
  if (state.current === null) return state;
  if (event.type === "turn-end") {
    const ended = endTurn(state.current, event);
    return { ...state, past: [...state.past, ended], current: null };
  }
  const current = reduceTurn(state.current, event);
  if (event.type === "withheld") return { ...state, withheld: [...state.withheld, ...event.places] };
  if (event.type !== "compaction") return { ...state, current };
  return { ...state, current, compactions: [...state.compactions, event.compaction] };
}

type InTurn = Exclude<
  ChatEvent,
  {
    type:
      | "turn-start"
      | "turn-resume"
      | "turn-end"
      | "compaction-undone"
      | "choice"
      | "plan"
      | "title"
      | "rewind"
      | "rewind-undone"
      | "queued"
      | "unqueued"
      | "archived";
  }
>;

function reduceTurn(turn: Turn, event: InTurn): Turn {
  switch (event.type) {
    case "step-start": {
      const replacing = event.attempt > 1 ? event.step : turn.replacing;
      return { ...turn, step: event.step, replacing, silence: null, phase: { kind: "waiting", since: event.at } };
    }
    case "text-delta":
      return appendText(arrived(turn, event.since ?? event.at), event.block, event.text);
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
        ...addTurnCost(countUsage(whole, event.usage), event.cost),
        ...(event.context !== undefined && { context: event.context }),
        wholeStep: event.rejected ? turn.wholeStep : turn.step,
        phase: event.stopReason === "tool_use" ? { kind: "tools" } : whole.phase,
      };
    }
    case "retry-scheduled":
      return scheduleRetry(turn, event);
    case "silence": {
      const { phase, silentMs, limitMs, givesUp } = event;
      const since = event.at - silentMs;
      const silence = { phase, since, reconnectsAt: since + limitMs, ...(givesUp && { givesUp }) };
      return { ...turn, silence };
    }
    case "pace":
      return { ...turn, phase: pacing(event) };
    case "compacting":
      return { ...turn, silence: null, phase: { kind: "compacting", since: event.at } };
    case "compaction":
      return addPart(addTurnCost(countUsage(turn, event.usage), event.cost), {
        kind: "compaction",
        step: turn.step,
        compaction: event.compaction,
        ...(event.tokens !== undefined && { tokens: event.tokens }),
      });
    case "notice":
      return addPart(event.connection === undefined ? turn : switchTo(turn, event.connection), {
        kind: "notice",
        step: turn.step,
        text: event.text,
        ...(event.action !== undefined && { action: event.action }),
      });
    case "served": {
      const { cache, differences } = event;
      return { ...turn, served: { ...(cache !== undefined && { cache }), differences } };
    }
    case "routed": {
      const { tier, reason, connection } = event;
      const part: TurnPart = { kind: "routed", step: turn.step, tier, reason, connection };
      return addPart(switchTo(countUsage(turn, event.usage), connection), part);
    }
    case "retracted":
      return retract(turn, event.text);
    case "steered": {
      const { id, prompt, attachments } = event;
      return addPart(turn, { kind: "steered", step: turn.step, id, prompt, attachments });
    }
    case "withheld":
      return turn;
    case "question":
      return openQuestion(turn, event);
    case "question-end":
      return closeQuestion(turn, event.id);
    case "tool-input-delta":
      return changeCall(heard(turn), event.id, (call) => ({ ...call, input: call.input + event.fragment }));
    case "tool-input":
      return changeCall(turn, event.id, (call) => ({
        ...call,
        input: event.input,
        title: event.title,
        ...(event.intent !== undefined && { intent: event.intent }),
      }));
    case "tool-awaiting-approval":
      return changeCall(turn, event.id, (call) => ({
        ...call,
        status: { kind: "awaiting-approval", request: event.request },
      }));
    case "tool-running":
      return changeCall(answered(turn), event.id, (call) => ({
        ...call,
        ...(event.allowedBy !== undefined && { allowedBy: event.allowedBy }),
        status: { kind: "running", since: event.at },
      }));
    case "tool-still-running":
      return changeCall(turn, event.id, (call) =>
        call.status.kind === "running"
          ? { ...call, status: { ...call.status, choice: { endsAt: event.endsAt } } }
          : call,
      );
    case "tool-output":
      return changeCall(turn, event.id, (call) => ({ ...call, output: tail(call.output + event.text) }));
    case "tool-end":
      return changeCall(answered(turn), event.id, (call) => ({
        ...call,
        title: event.title,
        output: "",
        status: finished(call, event),
      }));
  }
}

function archive({ archived: _, ...state }: ChatState, archived: boolean): ChatState {
  return archived ? { ...state, archived } : state;
}

function pacing({ reason, delayMs, limit, at }: Extract<ChatEvent, { type: "pace" }>): TurnPhase {
  return { kind: "pacing", reason, resumesAt: at + delayMs, ...(limit !== undefined && { limit }) };
}

/** What the answer had said and thought goes; its tool calls stay, since they tell that nothing was run. */
function retract(turn: Turn, text: string): Turn {
  const parts = turn.parts.filter(({ kind, step }) => step !== turn.step || (kind !== "text" && kind !== "reasoning"));
  const kept = { ...turn, parts };
  return text === "" ? kept : addPart(kept, { kind: "text", step: turn.step, block: 0, text });
}

/** Who answers has changed; where a retry was on its way, it goes there. */
function switchTo(turn: Turn, connection: Turn["connection"]): Turn {
  const trouble: Turn["trouble"] = turn.trouble === null ? null : { ...turn.trouble, switched: true };
  return { ...turn, connection, trouble };
}

function finished(call: ToolCall, event: Extract<ChatEvent, { type: "tool-end" }>): ToolCall["status"] {
  const { state, result, cutOff, warning, at } = event;
  const notStarted = cutOff === true || (state === "cancelled" && call.status.kind !== "running");
  return {
    kind: state,
    result,
    durationMs: runningTime(call, at),
    ...(notStarted && { notStarted }),
    ...(cutOff && { cutOff }),
    ...(warning && { warning }),
  };
}

function runningTime(call: ToolCall, at: number): number {
  return call.status.kind === "running" ? Math.max(0, at - call.status.since) : 0;
}

function changeCall(turn: Turn, id: string, change: (call: ToolCall) => ToolCall): Turn {
  const index = turn.parts.findLastIndex((part) => part.kind === "tool" && part.call.id === id);
  const part = turn.parts[index];
  if (part?.kind !== "tool") return turn;
  return { ...turn, parts: turn.parts.with(index, { ...part, call: change(part.call) }) };
}
