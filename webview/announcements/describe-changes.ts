import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import type { TurnOutcome } from "../../src/protocol/chat-event.ts";
import type { ChatState, ToolCall, Turn, TurnPart, TurnPhase } from "../../src/protocol/chat-state.ts";
import { nameRequest } from "../approval/name-request.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { keyNames } from "../session/key-names.ts";
import { plural, t } from "../strings.ts";
import { type CallStage, callTitle, reasonOf, stageOf, stageWord, tellsItself } from "../transcript/describe-call.ts";
import { describeOutcome } from "../transcript/describe-outcome.ts";
import { describeCompaction, describeRecovery, describeRouting } from "../transcript/describe-remarks.ts";
import { describePace, describeRetry, describeSilence } from "../transcript/describe-waits.ts";
import type { Urgency } from "./announcer.tsx";
import { describeRestored } from "./describe-review.ts";

export interface Announcement {
  readonly text: string;
  readonly urgency: Urgency;
}

/** Longest part of an answer that is read out at its end, in characters. */
const spokenAnswerLimit = 600;

/**
 * What a screen reader is told about the way from one state to a later one: changes of state, never streamed text.
 * @param steps whether it is told what goes on in between, too: that it works, waits, and what each call does
 */
export function describeChanges(before: ChatState, after: ChatState, steps = true): readonly Announcement[] {
  const restored = describeRestore(before, after);
  const turn = after.current ?? after.past.at(-1);
  if (turn === undefined || restored.length > 0) return restored;
  const known = [before.current, before.past.at(-1)].find((candidate) => candidate?.id === turn.id) ?? null;
  const told = [
    ...describeCalls(known, turn),
    ...describeSilenceOf(known, turn),
    ...(turn.phase.kind === "ended" ? [] : describePhase(known, turn)),
  ];
  return [
    ...describeRemarks(known, turn),
    ...(steps ? told : told.filter(({ urgency }) => urgency === "assertive")),
    ...describeQuestions(known, turn),
    ...(turn.phase.kind === "ended" ? describePhase(known, turn) : []),
  ];
}

/** The conversation was taken back, or brought back by Redo. */
function describeRestore(before: ChatState, after: ChatState): readonly Announcement[] {
  if (before.rewound === undefined && after.rewound !== undefined)
    return [{ text: describeRestored(), urgency: "polite" }];
  const isBack = before.rewound !== undefined && after.rewound === undefined && after.past.length > before.past.length;
  return isBack ? [{ text: t("Everything is back."), urgency: "polite" }] : [];
}

function describeCalls(before: Turn | null, after: Turn): readonly Announcement[] {
  const earlier = new Map(callsOf(before).map((call) => [call.id, spokenState(call)]));
  return callsOf(after)
    .filter((call) => earlier.get(call.id) !== spokenState(call))
    .flatMap((call) => describeCall(call, stageOf(call, after)));
}

function spokenState({ status }: ToolCall): string {
  return status.kind === "running" && status.choice !== undefined ? "lasting" : status.kind;
}

function callsOf(turn: Turn | null): readonly ToolCall[] {
  return (turn?.parts ?? []).flatMap((part) => (part.kind === "tool" ? [part.call] : []));
}

function describeCall(call: ToolCall, stage: CallStage): readonly Announcement[] {
  if (call.status.kind === "awaiting-approval") {
    return [{ text: describeRequest(call.status.request), urgency: "assertive" }];
  }
  if (stage === "preparing" || stage === "queued") return [];
  const title = visibleText(callTitle(call, stage));
  if (spokenState(call) === "lasting") {
    return [
      {
        text: t("Still running: {0}. You can keep waiting, let it continue in the background, or stop it.", title),
        urgency: "polite",
      },
    ];
  }
  return [
    {
      text: tellsItself(stage) ? title : `${stageWord(stage, call)}: ${title}${reasonAfter(call, stage)}`,
      urgency: "polite",
    },
  ];
}

function reasonAfter(call: ToolCall, stage: CallStage): string {
  const reason = visibleText(reasonOf(call, stage));
  return reason === "" ? "" : t(". {0}", reason);
}

function describeRequest(request: ApprovalRequest): string {
  const { tier, labels, warnings } = request;
  const marks = labels.length === 0 ? "" : ` ${labels.join(", ")}.`;
  const asked = t("Approval required: {0}", visibleText([`${nameRequest(request)}${marks}`, ...warnings].join(" ")));
  const [allow, skip] = [spoken(keyNames.allow), spoken(keyNames.skip)];
  const keys =
    tier === 1
      ? t("Press {0} to allow once or {1} to skip.", allow, skip)
      : t("Answer in the dialog. Press {0} to show it or {1} to skip.", allow, skip);
  return `${asked} ${keys}`;
}

/** As VS Code names keys to screen readers. */
function spoken(key: string): string {
  return key.replace("Ctrl", "Control").replace("⌥", "Option+").replace("⌘", "Command+");
}

function describeQuestions(before: Turn | null, { questions = [] }: Turn): readonly Announcement[] {
  const known = new Set(before?.questions?.map(({ id }) => id));
  return questions
    .filter(({ id }) => !known.has(id))
    .map(({ text }) => ({ text: t("Question: {0} Press F8 to answer.", visibleText(text)), urgency: "assertive" }));
}

function describePhase(before: Turn | null, { phase, parts, connection }: Turn): readonly Announcement[] {
  switch (phase.kind) {
    case "waiting":
    case "streaming":
    case "tools":
      return before === null || before.phase.kind === "ended" ? [{ text: t("Working."), urgency: "polite" }] : [];
    case "compacting":
      return before?.phase.kind === "compacting"
        ? []
        : [{ text: t("Shortening the conversation."), urgency: "polite" }];
    case "retrying":
    case "pacing":
      return before !== null && isSameWait(before.phase, phase) ? [] : [describeWait(phase, connection)];
    case "ended":
      return before?.phase.kind === "ended" ? [] : [describeEnding(phase.outcome, parts)];
  }
}

type Wait = Extract<TurnPhase, { kind: "retrying" | "pacing" }>;

function isSameWait(before: TurnPhase, after: Wait): boolean {
  return before.kind === after.kind && before.resumesAt === after.resumesAt;
}

function describeWait(phase: Wait, connection: Turn["connection"]): Announcement {
  return phase.kind === "retrying"
    ? { text: t("{0}.", describeRetry(phase, Date.now())), urgency: "assertive" }
    : { text: t("{0}.", describePace(phase, connection, Date.now())), urgency: "polite" };
}

function describeEnding(outcome: TurnOutcome, parts: Turn["parts"]): Announcement {
  if (outcome.kind === "completed") {
    return { text: `${t("Answer complete.")} ${summarise(parts)}`.trim(), urgency: "polite" };
  }
  const { text, help = "" } = describeOutcome(outcome);
  const words = `${text} ${help}`.trim();
  switch (outcome.kind) {
    case "cancelled":
      return { text: t("{0}.", words), urgency: "polite" };
    case "max-tokens":
      return { text: words, urgency: "polite" };
    case "failed":
      return { text: outcome.cutOff ? t("Interrupted. {0}", words) : words, urgency: "assertive" };
    case "step-limit":
    case "paused":
    case "stopped":
    case "interrupted":
      return { text: words, urgency: "assertive" };
  }
}

/** A stream that fell silent, told once. */
function describeSilenceOf(before: Turn | null, { silence }: Turn): readonly Announcement[] {
  if (silence === null || (before !== null && before.silence !== null)) return [];
  return [{ text: t("{0}.", describeSilence(silence, Date.now())), urgency: "polite" }];
}

/** What came to the turn beside words and calls. */
function describeRemarks(before: Turn | null, after: Turn): readonly Announcement[] {
  const known = remarksOf(before).length;
  return remarksOf(after)
    .slice(known)
    .map((text) => ({ text, urgency: "polite" }));
}

function remarksOf(turn: Turn | null): readonly string[] {
  return (turn?.parts ?? []).flatMap(describeRemark);
}

function describeRemark(part: TurnPart): readonly string[] {
  switch (part.kind) {
    case "recovered":
      return [t("{0}.", describeRecovery(part))];
    case "notice":
      return [visibleText(part.text)];
    case "routed":
      return [t("{0}.", describeRouting(part))];
    case "compaction":
      return [t("{0}.", describeCompaction(part))];
    case "steered":
      return [t("The model got your message.")];
    case "text":
    case "reasoning":
    case "tool":
      return [];
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
