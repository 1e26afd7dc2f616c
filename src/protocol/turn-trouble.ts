import type { ChatEvent } from "./chat-event.ts";
import type { Turn, TurnPart } from "./chat-state.ts";
import { addPart } from "./turn-parts.ts";

/** Something came: what it replaces goes, and retries that led to it are over. */
export function arrived(turn: Turn, at?: number): Turn {
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

/** Something came that ends a silence. */
export function heard(turn: Turn): Turn {
  return turn.silence === null ? turn : { ...turn, silence: null };
}

/** What happened stays told when an attempt's answer is replaced. */
const lasting: ReadonlySet<TurnPart["kind"]> = new Set(["recovered", "notice", "routed", "compaction"]);

function isLasting(part: TurnPart): boolean {
  return lasting.has(part.kind);
}

/** The step failed and is asked again. */
export function scheduleRetry(turn: Turn, event: Extract<ChatEvent, { type: "retry-scheduled" }>): Turn {
  const { error, retry, retries, delayMs, at } = event;
  const { since, errors } = turn.trouble ?? { since: at, errors: [] };
  return {
    ...turn,
    retries: turn.retries + 1,
    silence: null,
    replacing: turn.step > turn.wholeStep ? turn.step : null,
    trouble: { since, errors: [...errors, { ...error, at }] },
    phase: { kind: "retrying", error, retry, retries, resumesAt: at + delayMs },
  };
}
