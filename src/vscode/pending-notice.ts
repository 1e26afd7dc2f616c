import * as vscode from "vscode";
import type { ChatView } from "./chat-view.ts";
import { UnseenApprovals } from "./unseen-approvals.ts";
import { countWaiting, type Waiting } from "./waiting-questions.ts";

const focusChat = "outcrop.focusChat";

/** Says outside the panel that an approval or a question waits. It leads to the panel and never answers. */
export class PendingNotice implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("outcrop.approvals", vscode.StatusBarAlignment.Left);
  readonly #unseen: UnseenApprovals;
  readonly #subscriptions: vscode.Disposable;

  constructor(view: ChatView) {
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

  show(approvals: readonly Waiting[], questions: readonly Waiting[]): void {
    const waiting = [...approvals, ...questions];
    this.#item.text = `$(bell-dot) Outcrop: ${countWaiting(approvals.length, questions.length)}`;
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
