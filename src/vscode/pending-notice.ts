import * as vscode from "vscode";
import type { ChatState } from "../protocol/chat-state.ts";
import type { ChatView } from "./chat-view.ts";
import { UnseenApprovals } from "./unseen-approvals.ts";
import { waitingApprovals } from "./waiting-approvals.ts";
import { countWaiting, type Waiting, waitingQuestions } from "./waiting-questions.ts";

const focusChat = "outcrop.focusChat";

/** Says outside the panel that an approval or a question waits. It leads to the panel and never answers. */
export class PendingNotice implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("outcrop.approvals", vscode.StatusBarAlignment.Left);
  readonly #unseen: UnseenApprovals;
  readonly #view: ChatView;
  readonly #subscriptions: vscode.Disposable;

  constructor(view: ChatView) {
    this.#view = view;
    this.#item.name = "Outcrop Approvals";
    this.#item.command = focusChat;
    this.#item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
    this.#unseen = new UnseenApprovals(() => view.isVisible && vscode.window.state.focused, notify);
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      view.onDidChangeVisibility(() => this.#unseen.look()),
      vscode.window.onDidChangeWindowState(() => this.#unseen.look()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  show(chat: ChatState): void {
    const approvals = waitingApprovals(chat);
    const questions = waitingQuestions(chat);
    const waiting = [...approvals, ...questions];
    const count = countWaiting(approvals.length, questions.length);
    this.#view.setBadge(waiting.length, `${count} pending`);
    this.#item.text = `$(bell-dot) Outcrop: ${count}`;
    this.#item.tooltip = waiting.map(({ title }) => title).join("\n");
    if (waiting.length === 0) this.#item.hide();
    else this.#item.show();
    this.#unseen.update(waiting);
  }
}

function notify({ title }: Waiting): void {
  const show = "Show";
  void vscode.window.showInformationMessage(`Outcrop asks: ${title}`, show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand(focusChat);
  });
}
