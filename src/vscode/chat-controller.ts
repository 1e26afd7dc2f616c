import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import type { PromptAttachment } from "../chat/prompt.ts";
import { toAttachment } from "../chat/prompt.ts";
import type { ApprovalRequest } from "../protocol/approval.ts";
import type { Attachment, ChatEvent, Connection } from "../protocol/chat-event.ts";
import type { ChatState } from "../protocol/chat-state.ts";
import type { PanelContext, ToHost } from "../protocol/panel-messages.ts";
import type { ChatView } from "./chat-view.ts";
import { EventOutbox } from "./event-outbox.ts";
import { openFile, openLink } from "./open-reference.ts";
import { PendingNotice } from "./pending-notice.ts";
import { runPanelCommand } from "./run-panel-command.ts";
import type { OpenedSession, SessionShelf } from "./session-shelf.ts";

const suggestions = ["What is this project?", "Where is the retry delay computed?", "Run the tests"];

export interface ChatControllerOptions {
  readonly view: ChatView;
  readonly shelf: SessionShelf;
  readonly createSession: (opened: OpenedSession) => ChatSession;
  readonly connection: () => Connection;
  /** Completes before the first snapshot, so that it names who answers. */
  readonly discover: () => Promise<void>;
  readonly report: (error: unknown) => void;
}

interface Shown {
  readonly session: ChatSession;
  readonly opened: OpenedSession;
  readonly unsubscribe: () => void;
}

/** Connects the session of this window with the panel. Decides nothing: requests go to the session or to a command. */
export class ChatController {
  readonly #options: ChatControllerOptions;
  readonly #outbox: EventOutbox;
  readonly #attachments = new Map<string, PromptAttachment>();
  readonly #pending: PendingNotice;
  readonly #trust: vscode.Disposable;
  #shown: Promise<Shown> | undefined;

  constructor(options: ChatControllerOptions) {
    this.#options = options;
    this.#outbox = new EventOutbox((events, seq) => options.view.post({ type: "events", seq, events }));
    this.#pending = new PendingNotice(options.view);
    this.#trust = vscode.workspace.onDidGrantWorkspaceTrust(() => this.#trusted());
    options.view.onDidReceive((message) => void this.#receive(message).catch(options.report));
  }

  async session(): Promise<ChatSession> {
    return (await this.#current()).session;
  }

  /** Ends what runs and shows an empty session. The old one stays on the disk. */
  async newChat(): Promise<void> {
    const old = await this.#current();
    this.#attachments.clear();
    if (old.session.isEmpty) {
      this.contextChanged();
    } else {
      await this.#leave(old);
      this.#shown = this.#show(await this.#options.shelf.openNew(old.session.chat.sessionId));
      await this.#snapshot();
    }
    this.#options.view.postWhenReady({ type: "focus-composer" });
  }

  /** What goes with the next prompt. */
  get attachments(): readonly Attachment[] {
    return [...this.#attachments.values()].map(toAttachment);
  }

  /** Attaches text to the next prompt, once, and brings the composer up. */
  async attach(attachment: PromptAttachment): Promise<void> {
    const isAttached = [...this.#attachments.values()].some((other) => isSameText(other, attachment));
    if (!isAttached) this.#attachments.set(attachment.id, attachment);
    await this.#options.view.focus();
    this.contextChanged();
  }

  /** Who answers, or what is attached, has changed. */
  contextChanged(): void {
    this.#options.view.post({ type: "context", context: this.#context() });
  }

  async dispose(): Promise<void> {
    this.#trust.dispose();
    this.#pending.dispose();
    if (this.#shown === undefined) return;
    const shown = await this.#shown;
    shown.session.suspend();
    await this.#leave(shown);
  }

  async #current(): Promise<Shown> {
    this.#shown ??= this.#openFirst();
    return this.#shown;
  }

  async #openFirst(): Promise<Shown> {
    try {
      const shown = await this.#show(await this.#options.shelf.openCurrent());
      this.#askAgain(shown);
      return shown;
    } catch (error) {
      this.#options.report(error);
      return this.#show(await this.#options.shelf.openNew());
    }
  }

  /** What waited for the user when the extension host ended is shown again; it needs tools, and so trust. */
  #askAgain({ session }: Shown): void {
    void session.askAgain().catch(this.#options.report);
  }

  #trusted(): void {
    this.contextChanged();
    void this.#shown?.then((shown) => this.#askAgain(shown), this.#options.report);
  }

  async #show(opened: OpenedSession): Promise<Shown> {
    const session = this.#options.createSession(opened);
    const unsubscribe = session.subscribe((event) => this.#forward(event, session));
    return { session, opened, unsubscribe };
  }

  async #leave({ session, opened, unsubscribe }: Shown): Promise<void> {
    session.stop();
    unsubscribe();
    this.#showPending([]);
    await setRunning(false);
    await session.settled();
    await opened.close();
  }

  #forward(event: ChatEvent, session: ChatSession): void {
    this.#outbox.add(event);
    if (event.type === "turn-start" || event.type === "turn-resume") void setRunning(true);
    if (event.type === "turn-end") void setRunning(false);
    if (event.type.startsWith("tool-") || event.type === "turn-end") {
      this.#showPending(waitingIn(session.chat));
    }
  }

  #showPending(approvals: readonly ApprovalRequest[]): void {
    this.#options.view.setBadge(approvals.length);
    this.#pending.show(approvals);
  }

  async #receive(message: ToHost): Promise<void> {
    const { session } = await this.#current();
    switch (message.type) {
      case "ready":
        await this.#options.discover();
        return this.#snapshot();
      case "send":
        return this.#send(session, message.text, message.attachments);
      case "stop":
        return session.stop();
      case "new-chat":
        await vscode.commands.executeCommand("outcrop.newChat");
        return;
      case "resume":
        await session.resume();
        return;
      case "continue":
        await session.continue();
        return;
      case "compact":
        await session.compact();
        return;
      case "undo-compaction":
        return session.undoCompaction(message.id);
      case "retry-now":
        return session.retryNow();
      case "approve":
        session.answer(message.answer);
        return;
      case "remove-attachment":
        this.#attachments.delete(message.id);
        return this.contextChanged();
      case "command":
        await runPanelCommand(message.command);
        // VS Code leaves the focus to the editor when its picker closes.
        if (message.command === "selectModel") await this.#options.view.focus();
        return;
      case "open-link":
        return openLink(message.href);
      case "open-file":
        await openFile(message.path, message.line);
    }
  }

  async #send(session: ChatSession, text: string, ids: readonly string[]): Promise<void> {
    if (!session.takesPrompt) return;
    const attachments = ids.flatMap((id) => this.#attachments.get(id) ?? []);
    this.#attachments.clear();
    const turn = session.send({ text, attachments });
    this.contextChanged();
    await turn;
  }

  async #snapshot(): Promise<void> {
    const { session } = await this.#current();
    const seq = this.#outbox.reset();
    this.#options.view.post({ type: "snapshot", seq, chat: session.chat, context: this.#context() });
  }

  #context(): PanelContext {
    return {
      connection: this.#options.connection(),
      attachments: this.attachments,
      restricted: !vscode.workspace.isTrusted,
      suggestions,
    };
  }
}

async function setRunning(running: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", "outcrop.running", running);
}

function waitingIn({ current }: ChatState): readonly ApprovalRequest[] {
  return (current?.parts ?? []).flatMap((part) =>
    part.kind === "tool" && part.call.status.kind === "awaiting-approval" ? [part.call.status.request] : [],
  );
}

function isSameText(one: PromptAttachment, other: PromptAttachment): boolean {
  return one.path === other.path && one.startLine === other.startLine && one.text === other.text;
}
