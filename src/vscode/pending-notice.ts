import * as vscode from "vscode";
import type { ApprovalRequest } from "../protocol/approval.ts";
import type { ChatView } from "./chat-view.ts";
import { UnseenApprovals } from "./unseen-approvals.ts";

const focusChat = "outcrop.focusChat";

/** Says outside the panel that an approval waits. It leads to the panel and never answers. */
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

  show(approvals: readonly ApprovalRequest[]): void {
    const { length } = approvals;
    this.#item.text = `$(bell-dot) Outcrop: ${length} ${length === 1 ? "approval" : "approvals"}`;
    this.#item.tooltip = approvals.map(({ title }) => title).join("\n");
    if (length === 0) this.#item.hide();
    else this.#item.show();
    this.#unseen.update(approvals);
  }
}

function notify({ title }: ApprovalRequest): void {
  const show = "Show";
  void vscode.window.showInformationMessage(`Outcrop asks: ${title}`, show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand(focusChat);
  });
}
