import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { draft } from "../composer/draft.ts";
import { allowOrShow, decide } from "./approvals.ts";
import { stopTurn } from "./chat-session.ts";
import { pendingApprovals, running } from "./panel-state.ts";

const isMac = /Mac/.test(navigator.platform);

/** Shown in tooltips. */
export const keyNames = {
  allow: isMac ? "⌘Enter" : "Ctrl+Enter",
  skip: isMac ? "⌥⌘Enter" : "Ctrl+Alt+Enter",
  nextApproval: "F8",
  stop: isMac ? "⌘Escape" : "Ctrl+Escape",
};

/** Hears the keys that work anywhere in the panel. @returns what stops listening */
export function listenToPanelKeys(): () => void {
  const listener = (event: KeyboardEvent) => {
    if (runPanelKey(event)) event.preventDefault();
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}

function runPanelKey(event: KeyboardEvent): boolean {
  if (event.key === "F8" && !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)) return focusNextCard();
  const command = isMac ? event.metaKey : event.ctrlKey;
  if (!command || event.isComposing) return false;
  if (event.key === "Escape" && running.value) {
    stopTurn();
    return true;
  }
  return event.key === "Enter" && !event.shiftKey && answerByKey(event);
}

/** From one question to the next and around. In VS Code, F8 goes to the next problem, and only in a text editor. */
function focusNextCard(): boolean {
  const cards = [...document.querySelectorAll<HTMLElement>("[data-approval], [data-question]")];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[(at + 1) % cards.length];
  next?.focus();
  return next !== undefined;
}

/**
 * Answers the request whose card has the focus, else the oldest one, unless a draft or a half-written reason shows that the
 * user is elsewhere.
 */
function answerByKey(event: KeyboardEvent): boolean {
  const request = focusedRequest() ?? (draft.value.trim() === "" ? pendingApprovals.value[0] : undefined);
  const writing = event.target instanceof HTMLInputElement && event.target.value !== "";
  if (request === undefined || event.repeat || writing) return false;
  if (event.altKey) decide(request, { kind: "skip", feedback: "" });
  else allowOrShow(request);
  return true;
}

function focusedRequest(): ApprovalRequest | undefined {
  const id = document.activeElement?.closest<HTMLElement>("[data-approval]")?.dataset["approval"];
  return pendingApprovals.value.find((request) => request.id === id);
}
