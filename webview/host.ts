import type { ApprovalAnswer } from "../src/protocol/approval.ts";
import type { ChatMode } from "../src/protocol/chat-choice.ts";
import type { PanelCommand, ToWebview } from "../src/protocol/panel-messages.ts";
import type { QuestionAnswer } from "../src/protocol/question.ts";
import type { ReviewAction } from "../src/protocol/review.ts";
import type { RunningChoice } from "../src/protocol/running-choice.ts";
import { parseHostMessage, type VsCodeApi } from "./host-messages.ts";

const api: VsCodeApi = acquireVsCodeApi();

/** VS Code's outer frame: it alone speaks to the panel, and it speaks first. */
let sender: MessageEventSource | null = null;

/** Hears what the host says. Messages of another origin, another sender or another shape are not ours. */
export function listenToHost(receive: (message: ToWebview) => void): void {
  window.addEventListener("message", (event) => {
    if (event.origin !== window.origin) return;
    const message = parseHostMessage(event.data);
    if (message === undefined) return;
    sender ??= event.source;
    if (event.source === sender) receive(message);
  });
}

/** Asks for a snapshot. */
export function sayReady(): void {
  api.postMessage({ type: "ready" });
}

export function sendPrompt(text: string, attachments: readonly string[]): void {
  api.postMessage({ type: "send", text, attachments });
}

export function requestStop(): void {
  api.postMessage({ type: "stop" });
}

export function resumeTurn(): void {
  api.postMessage({ type: "resume" });
}

/** Goes on behind the part of the answer that is there. */
export function continueTurn(): void {
  api.postMessage({ type: "continue" });
}

/** Ends the wait before a retry, or before a paced request. */
export function retryNow(): void {
  api.postMessage({ type: "retry-now" });
}

/** Makes the conversation shorter and goes on with the last turn. */
export function compactConversation(): void {
  api.postMessage({ type: "compact" });
}

export function undoCompaction(id: number): void {
  api.postMessage({ type: "undo-compaction", id });
}

export function startNewChat(): void {
  api.postMessage({ type: "new-chat" });
}

export function answerApproval(answer: ApprovalAnswer): void {
  api.postMessage({ type: "approve", answer });
}

/** What becomes of a call that runs for long. */
export function chooseRunning(id: string, choice: RunningChoice): void {
  api.postMessage({ type: "choose-running", id, choice });
}

/** Asks for the dialog of VS Code in which a request of the second tier is answered. */
export function showApprovalDialog(id: string): void {
  api.postMessage({ type: "show-approval", id });
}

export function answerQuestion(id: string, answer: QuestionAnswer): void {
  api.postMessage({ type: "answer-question", id, answer });
}

export function chooseMode(mode: ChatMode): void {
  api.postMessage({ type: "set-mode", mode });
}

/** Without a path: of every changed file. */
export function reviewFiles(action: ReviewAction, path?: string): void {
  api.postMessage(path === undefined ? { type: "review", action } : { type: "review", action, path });
}

/** Asks for the diff editor with what a call would change. */
export function showDiff(id: string): void {
  api.postMessage({ type: "show-diff", id });
}

/** Asks to go back to what was before the prompt of this turn. */
export function restoreCheckpoint(turnId: string): void {
  api.postMessage({ type: "restore", turnId });
}

export function redoRestore(): void {
  api.postMessage({ type: "redo" });
}

export function removeAttachment(id: string): void {
  api.postMessage({ type: "remove-attachment", id });
}

export function runHostCommand(command: PanelCommand): void {
  api.postMessage({ type: "command", command });
}

export function openLink(href: string): void {
  api.postMessage({ type: "open-link", href });
}

/** @param line 1-based */
export function openFile(path: string, line: number | undefined): void {
  api.postMessage(line === undefined ? { type: "open-file", path } : { type: "open-file", path, line });
}

/** What outlives a reload of the page; whatever an older version of the panel had kept. */
export function readPageState(): unknown {
  return api.getState();
}

export function writePageState(state: unknown): void {
  api.setState(state);
}
