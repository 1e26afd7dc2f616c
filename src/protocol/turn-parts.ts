import type { ChatEvent } from "./chat-event.ts";
import type { Turn, TurnPart, TurnPhase } from "./chat-state.ts";

export function addPart(turn: Turn, part: TurnPart): Turn {
  return { ...turn, parts: [...turn.parts, part] };
}

export function appendText(turn: Turn, block: number, text: string): Turn {
  const last = turn.parts.at(-1);
  if (last?.kind === "text" && last.step === turn.step && last.block === block) {
    return { ...turn, parts: turn.parts.with(-1, { ...last, text: last.text + text }) };
  }
  return addPart(turn, { kind: "text", step: turn.step, block, text });
}

export function appendReasoning(
  turn: Turn,
  before: TurnPhase,
  event: Extract<ChatEvent, { type: "reasoning-delta" }>,
): Turn {
  const { block, text, at, since = at } = event;
  const last = turn.parts.at(-1);
  if (last?.kind === "reasoning" && last.step === turn.step && last.block === block) {
    return { ...turn, parts: turn.parts.with(-1, { ...last, text: last.text + text, updatedAt: at }) };
  }
  const startedAt = before.kind === "waiting" ? before.since : since;
  return addPart(turn, { kind: "reasoning", step: turn.step, block, text, startedAt, updatedAt: at });
}
