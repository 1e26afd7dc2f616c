import * as vscode from "vscode";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import type { ChatState } from "../../protocol/chat-state.ts";
import { t } from "../../protocol/localize.ts";
import type { ChatView } from "../chat-view.ts";
import { plainNotice } from "../plain-notice.ts";
import { UnseenApprovals } from "../unseen-approvals.ts";
import { describeEnd, describeSessions, nameOf, type WaitingInSession } from "./describe-sessions.ts";
import { isChatInSight } from "./is-chat-in-sight.ts";

const focusChat = "outcrop.focusChat";
const focusApproval = "outcrop.focusApproval";

export interface SessionsNoticeOptions {
  readonly view: ChatView;
  readonly chats: () => readonly ChatState[];
  readonly isShown: (sessionId: string) => boolean;
}

/** Says outside the panel what runs, what waits and what has ended. It leads to the panel and never answers. */
export class SessionsNotice implements vscode.Disposable {
  readonly #options: SessionsNoticeOptions;
  readonly #item = vscode.window.createStatusBarItem("outcrop.approvals", vscode.StatusBarAlignment.Left);
  readonly #unseen: UnseenApprovals<WaitingInSession>;
  readonly #subscriptions: vscode.Disposable;

  constructor(options: SessionsNoticeOptions) {
    this.#options = options;
    const { view, isShown } = options;
    this.#item.name = t("Outcrop Approvals");
    this.#item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
    const isSeen = ({ sessionId }: WaitingInSession): boolean =>
      isChatInSight({
        isShown: isShown(sessionId),
        isPanelVisible: view.isVisible,
        isWindowFocused: vscode.window.state.focused,
      });
    this.#unseen = new UnseenApprovals(isSeen, (waiting) => this.#tellWaiting(waiting));
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      view.onDidChangeVisibility(() => this.#unseen.look()),
      vscode.window.onDidChangeWindowState(() => this.#unseen.look()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** An event of any session. */
  see(event: ChatEvent, chat: ChatState): void {
    if (!/^(tool|question|turn)/.test(event.type) || event.type === "tool-input-delta") return;
    this.look();
    if (event.type !== "turn-end" || this.#options.isShown(chat.sessionId)) return;
    const ended = describeEnd(chat);
    if (ended !== undefined) tell(ended, focusChat, chat.sessionId);
  }

  /** What is open, or shown, has changed. */
  look(): void {
    const { view, chats } = this.#options;
    const { waiting, count, badge } = describeSessions(chats());
    view.setBadge(badge.value, badge.tooltip);
    this.#item.text = `$(bell-dot) Outcrop: ${count}`;
    this.#item.tooltip = waiting.map(({ title }) => title).join("\n");
    const [first] = waiting;
    const about = first === undefined ? [] : [first.sessionId];
    this.#item.command = { title: t("Show"), command: focusApproval, arguments: about };
    if (first === undefined) this.#item.hide();
    else this.#item.show();
    this.#unseen.update(waiting);
  }

  #tellWaiting({ title, sessionId }: WaitingInSession): void {
    const { chats, isShown } = this.#options;
    const chat = chats().find((each) => each.sessionId === sessionId);
    const where = chat === undefined || isShown(sessionId) ? "" : ` (${nameOf(chat)})`;
    tell(t("Outcrop asks: {0}", `${title}${where}`), focusApproval, sessionId);
  }
}

function tell(text: string, command: string, sessionId: string): void {
  const show = t("Show");
  void vscode.window.showInformationMessage(plainNotice(text), show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand(command, sessionId);
  });
}
