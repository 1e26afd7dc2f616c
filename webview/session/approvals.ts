import { signal } from "@preact/signals";
import type { ApprovalDecision, ApprovalRequest } from "../../src/protocol/approval.ts";
import { answerApproval } from "../host.ts";
import { leaveFocus } from "./keep-focus.ts";

/** How long a card ignores every answer after it appeared, so that nobody answers what they did not yet see. */
const armingDelayMs = 500;

/** Requests, by id and digest, whose card has been on screen for the arming delay. */
export const armed = signal<ReadonlySet<string>>(new Set());
/** Requests that the user answered and the host has not closed yet. */
export const answered = signal<ReadonlySet<string>>(new Set());

export function requestKey({ id, digest }: ApprovalRequest): string {
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
  };
}

/** Posts the user's answer, once, and only for a card that is armed. */
export function decide(request: ApprovalRequest, decision: ApprovalDecision): void {
  const key = requestKey(request);
  if (!armed.value.has(key) || answered.value.has(key)) return;
  answered.value = new Set([...answered.value, key]);
  answerApproval({ id: request.id, digest: request.digest, decision });
  const focused = document.activeElement;
  const card = focused?.closest<HTMLElement>("[data-approval]");
  if (focused !== null && card?.dataset["approval"] === request.id) leaveFocus(focused);
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...keys].filter((other) => other !== key));
}
