import type { ApprovalAnswer } from "../src/protocol/approval.ts";
import type { ContextReference } from "../src/protocol/attachment.ts";
import type { ChatMode } from "../src/protocol/chat-choice.ts";
import type { AnswerCode, CodeAction } from "../src/protocol/code-action.ts";
import type { FromPanel, KeptPlace, PanelCommand, ToHost, ToWebview } from "../src/protocol/panel-messages.ts";
import type { QuestionAnswer } from "../src/protocol/question.ts";
import type { QueueAction } from "../src/protocol/queued-prompt.ts";
import type { RestoreScope, ReviewAction } from "../src/protocol/review.ts";
import type { RunningChoice } from "../src/protocol/running-choice.ts";
import { parseHostMessage, type VsCodeApi } from "./host-messages.ts";
import { chat } from "./session/panel-state.ts";

const api: VsCodeApi<FromPanel> = acquireVsCodeApi();

/** With the chat that is shown: the host may show another one before it hears this. */
function post(message: ToHost): void {
  api.postMessage({ ...message, chat: chat.peek()?.sessionId });
}

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
  post({ type: "ready" });
}

export function sendPrompt(text: string, attachments: readonly string[]): void {
  post({ type: "send", text, attachments });
}

/** While an answer runs. */
export function sendWhileRunning(text: string, attachments: readonly string[], action: QueueAction | "stop"): void {
  post({ type: "send-while-running", text, attachments, action });
}

/** Of a prompt that waits. */
export function runQueued(id: string, action: "edit" | "remove" | "send"): void {
  post({ type: "queued-prompt", id, action });
}

export function clearQueue(): void {
  post({ type: "clear-queue" });
}

/** Asks to send another prompt in the place of a turn's. */
export function resendPrompt(turnId: string, text: string): void {
  post({ type: "resend", turnId, text });
}

/** Asks for a new chat with what was said before this turn. */
export function forkChat(turnId: string): void {
  post({ type: "fork", turnId });
}

/** Tells where the user reads. */
export function tellPlace(session: string, place: KeptPlace["place"]): void {
  post({ type: "keep-place", session, place });
}

/** Tells what is in the composer. */
export function tellDraft(session: string, text: string): void {
  post({ type: "keep-draft", session, text });
}

export function requestStop(): void {
  post({ type: "stop" });
}

export function resumeTurn(): void {
  post({ type: "resume" });
}

/** Goes on behind the part of the answer that is there. */
export function continueTurn(): void {
  post({ type: "continue" });
}

/** Ends the wait before a retry, or before a paced request. */
export function retryNow(): void {
  post({ type: "retry-now" });
}

/** Makes the conversation shorter and goes on with the last turn. */
export function compactConversation(): void {
  post({ type: "compact" });
}

/** The same where it was typed: what cannot be done now is in the composer again. */
export function compactAsTyped(): void {
  post({ type: "compact", typed: true });
}

export function undoCompaction(id: number): void {
  post({ type: "undo-compaction", id });
}

export function startNewChat(): void {
  post({ type: "new-chat" });
}

export function answerApproval(answer: ApprovalAnswer): void {
  post({ type: "approve", answer });
}

/** What becomes of a call that runs for long. */
export function chooseRunning(id: string, choice: RunningChoice): void {
  post({ type: "choose-running", id, choice });
}

/** Asks for the dialog of VS Code in which a request of the second tier is answered. */
export function showApprovalDialog(id: string): void {
  post({ type: "show-approval", id });
}

export function answerQuestion(id: string, answer: QuestionAnswer): void {
  post({ type: "answer-question", id, answer });
}

export function chooseMode(mode: ChatMode): void {
  post({ type: "set-mode", mode });
}

/** Without a path: of every changed file. */
export function reviewFiles(action: ReviewAction, path?: string): void {
  post(path === undefined ? { type: "review", action } : { type: "review", action, path });
}

/** Asks for the diff editor with what a call would change. */
export function showDiff(id: string): void {
  post({ type: "show-diff", id });
}

/** Asks what going back to before the prompt of this turn would do; the answer is in the review. */
export function planRestore(turnId: string): void {
  post({ type: "plan-restore", turnId });
}

/** Asks to go back to what was before the prompt of this turn. */
export function restoreCheckpoint(turnId: string, scope: RestoreScope): void {
  post({ type: "restore", turnId, scope });
}

export function redoRestore(): void {
  post({ type: "redo" });
}

export function removeAttachment(id: string): void {
  post({ type: "remove-attachment", id });
}

/** Its chip has this id. */
export function attach(id: string, reference: ContextReference): void {
  post({ type: "attach", id, reference });
}

/** Shows what an attachment of the next prompt holds. */
export function openAttachment(id: string): void {
  post({ type: "open-attachment", id });
}

export function toggleImplicit(): void {
  post({ type: "toggle-implicit" });
}

/** Asks what may be attached; the answers carry the number. */
export function findContext(query: number, text: string): void {
  post({ type: "find-context", query, text });
}

export function findPrompts(): void {
  post({ type: "find-prompts" });
}

/** `argument`: what was typed behind the slash command. */
export function runHostCommand(command: PanelCommand, argument = ""): void {
  post(argument === "" ? { type: "command", command } : { type: "command", command, argument });
}

export function openLink(href: string): void {
  post({ type: "open-link", href });
}

/** Asks which of these paths lead to no file. */
export function askWhichExist(paths: readonly string[]): void {
  post({ type: "check-paths", paths });
}

/** @param line 1-based */
export function openFile(path: string, line: number | undefined, endLine?: number): void {
  const lines = { ...(line !== undefined && { line }), ...(endLine !== undefined && { endLine }) };
  post({ type: "open-file", path, ...lines });
}

/** Hands a code block of an answer on to the editor or the terminal. */
export function runCodeAction(action: CodeAction, code: AnswerCode): void {
  post({ type: "code-action", action, ...code });
}

/** Tells whether the panel has the focus. */
export function tellFocus(has: boolean): void {
  post({ type: "focus", has });
}

/** What outlives a reload of the page; whatever an older version of the panel had kept. */
export function readPageState(): unknown {
  return api.getState();
}

export function writePageState(state: unknown): void {
  api.setState(state);
}
