import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import type { PromptAttachment } from "../chat/prompt.ts";
import type { SessionPolicy } from "../policy/session-policy.ts";
import type { Attachment, ChatEvent } from "../protocol/chat-event.ts";
import { emptyChat } from "../protocol/chat-state.ts";
import type { Connection } from "../protocol/connection.ts";
import type { PanelContext, ToHost } from "../protocol/panel-messages.ts";
import { ApprovalDocuments } from "./approval-documents.ts";
import { askSession } from "./ask-session.ts";
import type { ChatView } from "./chat-view.ts";
import type { Dialogs } from "./dialogs.ts";
import { EventOutbox } from "./event-outbox.ts";
import { focusAfterStop } from "./focus-after-stop.ts";
import { openLink } from "./open-link.ts";
import { openFile } from "./open-reference.ts";
import { panelContext } from "./panel-context.ts";
import { PendingNotice } from "./pending-notice.ts";
import { PromptAttachments } from "./prompt-attachments.ts";
import type { RepositoryNotice } from "./repository-notice.ts";
import type { ReviewDesk } from "./review/review-desk.ts";
import { runPanelCommand } from "./run-panel-command.ts";
import type { OpenedSession, SessionShelf } from "./session-shelf.ts";
import { setRunning } from "./set-running.ts";
import { type GuardedSession, type ShownSession, showSession } from "./shown-session.ts";

export interface ChatControllerOptions {
  readonly view: ChatView;
  readonly shelf: SessionShelf;
  readonly createSession: (opened: OpenedSession) => GuardedSession;
  readonly dialogs: Dialogs;
  readonly repository: RepositoryNotice;
  readonly connection: () => Connection;
  /** Completes before the first snapshot, so that it names who answers. */
  readonly discover: () => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** Connects the session of this window with the panel. Decides nothing: requests go to the session or to a command. */
export class ChatController {
  readonly #options: ChatControllerOptions;
  readonly #outbox: EventOutbox;
  readonly #attachments = new PromptAttachments();
  readonly #pending: PendingNotice;
  readonly #documents = new ApprovalDocuments();
  readonly #subscriptions: vscode.Disposable;
  #shown: Promise<ShownSession> | undefined;

  constructor(options: ChatControllerOptions) {
    this.#options = options;
    this.#outbox = new EventOutbox((events, seq) => options.view.post({ type: "events", seq, events }));
    this.#pending = new PendingNotice(options.view);
    this.#subscriptions = vscode.Disposable.from(
      this.#documents,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#trusted()),
      vscode.window.onDidChangeWindowState(
        () => void this.#shown?.then(({ dialogs }) => dialogs.look(), options.report),
      ),
    );
    options.view.onDidReceive((message) => void this.#receive(message).catch(options.report));
  }

  async session(): Promise<ChatSession> {
    return (await this.#current()).session;
  }

  /** What decides for the session that is shown. */
  async policy(): Promise<SessionPolicy> {
    return (await this.#current()).policy;
  }

  /** Ends what runs and shows an empty session. The old one stays on the disk. */
  async newChat(): Promise<void> {
    const old = await this.#current();
    this.#attachments.clear();
    if (old.session.isEmpty) this.contextChanged();
    else await this.#replace(old, async () => undefined);
    this.#options.view.postWhenReady({ type: "focus-composer" });
  }

  /** Ends what runs, lets `remove` delete what is kept, and shows an empty session. */
  async startOver(remove: () => Promise<void>): Promise<void> {
    this.#attachments.clear();
    await this.#replace(await this.#current(), remove);
  }

  /** What goes with the next prompt. */
  get attachments(): readonly Attachment[] {
    return this.#attachments.shown;
  }

  /** What the user does with what the session that is shown has changed. */
  async desk(): Promise<ReviewDesk> {
    return (await this.#current()).desk();
  }

  /** Attaches text to the next prompt, once, and brings the composer up. */
  async attach(attachment: PromptAttachment): Promise<void> {
    this.#attachments.add(attachment);
    await this.#options.view.focus();
    this.contextChanged();
  }

  /** Who answers, or what is attached, has changed. */
  contextChanged(): void {
    this.#options.view.post({ type: "context", context: this.#context() });
  }

  async dispose(): Promise<void> {
    this.#subscriptions.dispose();
    this.#pending.dispose();
    if (this.#shown === undefined) return;
    const shown = await this.#shown;
    shown.session.suspend();
    await this.#leave(shown);
  }

  async #current(): Promise<ShownSession> {
    this.#shown ??= this.#openFirst();
    return this.#shown;
  }

  async #openFirst(): Promise<ShownSession> {
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
  #askAgain({ session }: ShownSession): void {
    void session.askAgain().catch(this.#options.report);
  }

  #trusted(): void {
    this.contextChanged();
    void this.#options.repository.look().then(() => this.contextChanged(), this.#options.report);
    void this.#shown?.then((shown) => this.#askAgain(shown), this.#options.report);
  }

  async #show(opened: OpenedSession): Promise<ShownSession> {
    const { dialogs, report, createSession } = this.#options;
    return showSession(opened, createSession(opened), {
      dialogs,
      report,
      showWhole: (request) => this.#documents.show(request),
      forward: (event, session) => this.#forward(event, session),
    });
  }

  async #replace(old: ShownSession, between: () => Promise<void>): Promise<void> {
    await this.#leave(old);
    await between();
    this.#shown = this.#show(await this.#options.shelf.openNew(old.session.chat.sessionId));
    await this.#snapshot();
  }

  async #leave({ session, dialogs, unsubscribe, close }: ShownSession): Promise<void> {
    dialogs.clear();
    session.stop();
    unsubscribe();
    this.#pending.show(emptyChat(""));
    await setRunning(false);
    await session.settled();
    await close();
  }

  #forward(event: ChatEvent, session: ChatSession): void {
    this.#outbox.add(event);
    if (event.type === "turn-start" || event.type === "turn-resume") void setRunning(true);
    if (event.type === "turn-end") void setRunning(false);
    if (/^(tool|question)|^turn-end$/.test(event.type)) this.#pending.show(session.chat);
  }

  async #receive(message: ToHost): Promise<void> {
    const shown = await this.#current();
    switch (message.type) {
      case "ready":
        await Promise.all([this.#options.discover(), this.#options.repository.look()]);
        return this.#snapshot();
      case "send":
        return this.#send(shown, message.text, message.attachments);
      case "new-chat":
        await vscode.commands.executeCommand("outcrop.newChat");
        return;
      case "remove-attachment":
        this.#attachments.remove(message.id);
        return this.contextChanged();
      case "command":
        await runPanelCommand(message.command);
        // VS Code leaves the focus to the editor when its picker closes.
        if (message.command === "selectModel" || message.command === "configureTools") await this.#options.view.focus();
        return;
      case "open-link":
        return openLink(message.href, this.#options.dialogs);
      case "open-file":
        await openFile(message.path, message.line);
        return;
      case "stop":
        focusAfterStop(this.#options.view, shown.session);
    }
    await askSession(message, shown);
  }

  async #send({ session, dialogs }: ShownSession, text: string, ids: readonly string[]): Promise<void> {
    if (!session.takesPrompt) return;
    const prompt = { text, attachments: this.#attachments.pick(ids) };
    if (!(await dialogs.maySend(prompt)) || !session.takesPrompt) {
      return this.#options.view.post({ type: "prefill", text });
    }
    this.#attachments.clear();
    const turn = session.send(prompt);
    void this.#options.repository.seen().catch(this.#options.report);
    this.contextChanged();
    await turn;
  }

  async #snapshot(): Promise<void> {
    const { session, showReview } = await this.#current();
    const seq = this.#outbox.reset();
    this.#options.view.post({ type: "snapshot", seq, chat: session.chat, context: this.#context() });
    void showReview().catch(this.#options.report);
  }

  #context(): PanelContext {
    const { connection, repository } = this.#options;
    return panelContext({ connection: connection(), attachments: this.attachments, repository: repository.lines });
  }
}
