import type { ChatState, ToolCall, Turn } from "../../src/protocol/chat-state.ts";
import { plural, t } from "../strings.ts";
import type { Urgency } from "./announcer.tsx";

export interface Announcement {
  readonly text: string;
  readonly urgency: Urgency;
}

/** Longest part of an answer that is read out at its end, in characters. */
const spokenAnswerLimit = 600;

/** What a screen reader is told about the way from one state to a later one: changes of state, never streamed text. */
export function describeChanges(before: ChatState, after: ChatState): readonly Announcement[] {
  const turn = after.current ?? after.past.at(-1);
  if (turn === undefined) return [];
  const known = [before.current, before.past.at(-1)].find((candidate) => candidate?.id === turn.id) ?? null;
  return [...describeCalls(known, turn), ...describePhase(known, turn)];
}

function describeCalls(before: Turn | null, after: Turn): readonly Announcement[] {
  const earlier = new Map(callsOf(before).map((call) => [call.id, call.status.kind]));
  return callsOf(after)
    .filter((call) => earlier.get(call.id) !== call.status.kind)
    .flatMap(describeCall);
}

function callsOf(turn: Turn | null): readonly ToolCall[] {
  return (turn?.parts ?? []).flatMap((part) => (part.kind === "tool" ? [part.call] : []));
}

function describeCall({ title, status }: ToolCall): readonly Announcement[] {
  switch (status.kind) {
    case "streaming":
      return [];
    case "awaiting-approval": {
      const text = t(
        "Approval required: {0} Press Control+Enter to allow once or Control+Alt+Enter to skip.",
        status.request.title,
      );
      return [{ text, urgency: "assertive" }];
    }
    case "running":
    case "succeeded":
      return [{ text: title, urgency: "polite" }];
    case "failed":
      return [{ text: t("Failed: {0}", title), urgency: "polite" }];
    case "denied":
      return [{ text: t("Skipped: {0}", title), urgency: "polite" }];
    case "cancelled":
      return [{ text: t("Canceled: {0}", title), urgency: "polite" }];
  }
}

function describePhase(before: Turn | null, { phase, parts }: Turn): readonly Announcement[] {
  if (before?.phase.kind === phase.kind) return [];
  if (phase.kind === "retrying") {
    return [{ text: t("{0} Retrying.", phase.error.message), urgency: "polite" }];
  }
  if (phase.kind !== "ended") return [];
  switch (phase.outcome.kind) {
    case "completed":
      return [{ text: `${t("Answer complete.")} ${summarise(parts)}`.trim(), urgency: "polite" }];
    case "cancelled":
      return [{ text: t("Canceled."), urgency: "polite" }];
    case "failed":
      return [{ text: phase.outcome.error.message, urgency: "assertive" }];
    case "step-limit":
      return [{ text: t("Outcrop has made {0} model calls. Continue?", phase.outcome.steps), urgency: "assertive" }];
    case "max-tokens":
      return [{ text: t("The answer was cut off at the output limit."), urgency: "polite" }];
    case "stopped":
    case "interrupted":
      return [{ text: t("The answer ended early."), urgency: "polite" }];
  }
}

function summarise(parts: Turn["parts"]): string {
  const last = parts.at(-1);
  if (last?.kind !== "text") return "";
  const fence = /^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm;
  const blocks = last.text.match(fence)?.length ?? 0;
  const prose = last.text
    .replace(fence, "")
    .replace(/[*_`#>|]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const spoken = prose.length > spokenAnswerLimit ? `${prose.slice(0, spokenAnswerLimit)}…` : prose;
  return blocks === 0 ? spoken : `${plural(blocks, "{0} code block.", "{0} code blocks.")} ${spoken}`;
}
