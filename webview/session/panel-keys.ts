import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { addContext } from "../composer/add-context.ts";
import { draft, focusComposer } from "../composer/draft.ts";
import { runHostCommand } from "../host.ts";
import { runTranscriptKey } from "../transcript/walk-keys.ts";
import { allowOrShow, decide } from "./approvals.ts";
import { stopTurn } from "./chat-session.ts";
import { isMac, isWindows } from "./key-names.ts";
import { pendingApprovals, running } from "./panel-state.ts";
import { focusApproval, walkCards } from "./walk-cards.ts";

/** Hears the keys that work anywhere in the panel. @returns what stops listening */
export function listenToPanelKeys(): () => void {
  const listener = (event: KeyboardEvent) => {
    if (runPanelKey(event)) event.preventDefault();
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}

function runPanelKey(event: KeyboardEvent): boolean {
  // In VS Code, F8 goes to the next problem, and only in a text editor.
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  if (event.key === "F8" && isPlain) return walkCards(event.shiftKey ? -1 : 1);
  if (runTranscriptKey(event)) return true;
  const command = isMac ? event.metaKey : event.ctrlKey;
  if (event.isComposing) return false;
  if (running.value && isStop(event, command)) {
    stopTurn();
    return true;
  }
  if (!command) return false;
  // These two are as in VS Code's own chat.
  if (event.code === "Period" && event.altKey && !event.shiftKey) {
    selectModel();
    return true;
  }
  if (event.code === "KeyA" && event.shiftKey && !event.altKey) {
    focusApproval();
    return true;
  }
  if (event.key === "/" && !event.altKey && !event.shiftKey) {
    addContext();
    return true;
  }
  return event.key === "Enter" && !event.shiftKey && answerByKey(event);
}

function isStop({ key, altKey }: KeyboardEvent, command: boolean): boolean {
  return (command && key === "Escape") || (altKey && key === "Backspace" && isWindows());
}

/** Opens the picker; the focus is in the composer when it closes. */
export function selectModel(): void {
  focusComposer();
  runHostCommand("selectModel");
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
