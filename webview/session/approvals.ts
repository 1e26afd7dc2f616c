import { signal } from "@preact/signals";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import { announce } from "../announcements/announcer.tsx";
import { answerApproval, showApprovalDialog } from "../host.ts";
import { t } from "../strings.ts";
import { leaveFocus } from "./keep-focus.ts";

/** How long a card ignores every answer after it appeared, so that nobody answers what they did not yet see. */
const armingDelayMs = 500;

/** Requests, by id and digest, whose card has been on screen for the arming delay. */
const armed = signal<ReadonlySet<string>>(new Set());
/** Requests that the user answered and the host has not closed yet. */
const answered = signal<ReadonlySet<string>>(new Set());
/** Of each request, the details whose end could be seen. */
const read = signal<ReadonlyMap<string, ReadonlySet<number>>>(new Map());

function requestKey({ id, digest }: ApprovalRequest): string {
  return `${id} ${digest}`;
}

/** Starts a card's arming delay. @returns what ends it when the card goes */
export function armRequest(request: ApprovalRequest): () => void {
  const key = requestKey(request);
  const timer = setTimeout(() => {
    armed.value = new Set([...armed.value, key]);
  }, armingDelayMs);
  return () => {
    clearTimeout(timer);
    armed.value = without(armed.value, key);
    answered.value = without(answered.value, key);
    read.value = new Map([...read.value].filter(([other]) => other !== key));
  };
}

/** The end of a detail was on screen, or all of it is unfolded. */
export function markRead(request: ApprovalRequest, detail: number): void {
  const key = requestKey(request);
  const known = read.value.get(key) ?? new Set<number>();
  if (!known.has(detail)) read.value = new Map([...read.value, [key, new Set([...known, detail])]]);
}

/** Whether the end of every detail could be seen. */
export function isRead(request: ApprovalRequest): boolean {
  const known = read.value.get(requestKey(request));
  return request.details.every((_, index) => known?.has(index) === true);
}

/** Whether an answer counts now. */
export function takesAnswer(request: ApprovalRequest): boolean {
  const key = requestKey(request);
  return armed.value.has(key) && !answered.value.has(key);
}

/** Whether the panel may allow it now; what is of the second tier never. */
export function takesAllow(request: ApprovalRequest): boolean {
  return request.tier === 1 && takesAnswer(request) && isRead(request);
}

/** Posts the user's answer, once, and only for a card that takes it. */
export function decide(request: ApprovalRequest, decision: ApprovalDecision): void {
  if (decision.kind === "allow" ? !takesAllow(request) : !takesAnswer(request)) return;
  // The host asks once more, in a dialog, before it makes a rule that outlives the chat: until then the card stays.
  const asksAgain = decision.kind === "allow" && decision.grant?.scope === "workspace";
  if (!asksAgain) answered.value = new Set([...answered.value, requestKey(request)]);
  answerApproval({ id: request.id, digest: request.digest, decision });
  if (asksAgain) return;
  const focused = document.activeElement;
  const card = focused?.closest<HTMLElement>("[data-approval]");
  if (focused !== null && card?.dataset["approval"] === request.id) leaveFocus(focused);
}

export function readFirst(): string {
  return t("Scroll to the end, or show all, to allow it.");
}

/** The key that allows leads to what has to be read before: it never does nothing without a word. */
function leadToUnread(request: ApprovalRequest): void {
  const known = read.value.get(requestKey(request));
  const index = request.details.findIndex((_, position) => known?.has(position) !== true);
  const cards = [...document.querySelectorAll<HTMLElement>("[data-approval]")];
  const card = cards.find(({ dataset }) => dataset["approval"] === request.id);
  card?.querySelectorAll<HTMLElement>(".approval-value")[index]?.focus();
  announce(readFirst());
}

/** What the main button does: allows, or shows the dialog that can. */
export function allowOrShow(request: ApprovalRequest): void {
  if (request.tier === 1 && takesAnswer(request) && !isRead(request)) leadToUnread(request);
  else if (request.tier === 1) decide(request, { kind: "allow" });
  else if (takesAnswer(request)) showApprovalDialog(request.id);
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...keys].filter((other) => other !== key));
}
