import * as vscode from "vscode";
import type { ChatSession } from "../../chat/chat-session.ts";
import type { ChatEvent } from "../../protocol/chat-event.ts";
import type { Connection } from "../../protocol/connection.ts";
import { costOfChat } from "../../protocol/cost.ts";
import { readPolicySettings } from "../policy-settings.ts";
import type { GuardedSession } from "../sessions/shown-session.ts";
import { statusText } from "./status-text.ts";

/** Events behind which the item says something else. */
const news: ReadonlySet<ChatEvent["type"]> = new Set([
  "turn-start",
  "turn-resume",
  "turn-end",
  "rewind",
  "rewind-undone",
]);

type Shown = Pick<GuardedSession, "session" | "policy">;

/** Who answers, and what the shown chat costs, in VS Code's status bar. A press opens the chat. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("outcrop.status", vscode.StatusBarAlignment.Right, 90);
  readonly #connection: () => Connection;
  readonly #shown: () => Shown | undefined;

  /** `shown`: the session that the panel shows, once there is one. */
  constructor(connection: () => Connection, shown: () => Shown | undefined) {
    this.#connection = connection;
    this.#shown = shown;
    this.#item.name = "Outcrop";
    this.#item.command = "outcrop.focusChat";
    this.update();
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }

  /** A session that may be shown. */
  follow(session: ChatSession): void {
    session.subscribe(({ type }) => {
      if (news.has(type)) this.update();
    });
  }

  update(): void {
    const shown = this.#shown();
    const session = shown?.session;
    const allowsAll = shown?.policy.allowAll.isOn ?? false;
    const { text, tooltip, isNear } = statusText({
      connection: session?.connection.current ?? this.#connection(),
      cost: session === undefined ? undefined : costOfChat(session.chat),
      perSession: readPolicySettings().spend.perSession,
      running: session?.isRunning ?? false,
      allowsAll,
    });
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: tooltip.replaceAll("\n", ". ") };
    this.#item.backgroundColor =
      isNear || allowsAll ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }
}
