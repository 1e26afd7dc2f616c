import * as vscode from "vscode";
import type { ChatSession } from "../chat/chat-session.ts";
import { chosenOf, type Prompt } from "../chat/prompt.ts";
import type { SessionPolicy } from "../policy/session-policy.ts";
import type { Attachment, ChatEvent } from "../protocol/chat-event.ts";
import { ApprovalDocuments } from "./approval-documents.ts";
import { askSession } from "./ask-session.ts";
import { askWindow } from "./ask-window.ts";
import type { ChatView } from "./chat-view.ts";
import type { ChatContexts } from "./context/chat-contexts.ts";
import type { ContextDesk } from "./context/context-desk.ts";
import type { PromptContext } from "./context/prompt-context.ts";
import type { Dialogs } from "./dialogs.ts";
import { EventOutbox } from "./event-outbox.ts";
import { focusAfterStop } from "./focus-after-stop.ts";
import { type ContextSources, contextOf } from "./panel-context.ts";
import type { PanelRequest } from "./panel-request.ts";
import type { RepositoryNotice } from "./repository-notice.ts";
import type { ReviewDesk } from "./review/review-desk.ts";
import type { OpenedSession, SessionShelf } from "./session-shelf.ts";
import { nameOf } from "./sessions/describe-sessions.ts";
import { forgetUnsent, removeWithUnsent } from "./sessions/forget-unsent.ts";
import type { DraftMemory } from "./sessions/kept-draft.ts";
import type { PlaceMemory } from "./sessions/kept-place.ts";
import { OpenSessions } from "./sessions/open-sessions.ts";
import { PanelComposer } from "./sessions/panel-composer.ts";
import { PromptSender } from "./sessions/prompt-sender.ts";
import { SessionsNotice } from "./sessions/sessions-notice.ts";
import { type GuardedSession, type ShownSession, showSession } from "./sessions/shown-session.ts";
import { setRunning } from "./set-running.ts";
import { takeRequest } from "./take-request.ts";

export interface ChatControllerOptions extends ContextSources {
  readonly view: ChatView;
  readonly shelf: SessionShelf;
  readonly createSession: (opened: OpenedSession) => GuardedSession;
  readonly dialogs: Dialogs;
  readonly repository: RepositoryNotice;
  readonly contexts: ChatContexts;
  readonly contextDesk: ContextDesk;
  readonly drafts: DraftMemory;
  readonly places: PlaceMemory;
  /** Completes before the first snapshot, so that it names who answers. */
  readonly discover: () => Promise<void>;
  /** Another session is shown. */
  readonly onShown: () => void;
  readonly report: (error: unknown) => void;
}

/** Connects the sessions of this window with the panel, which shows one of them. Decides nothing: requests go to that session or to a command. */
export class ChatController {
  /** Those that are open in this window. */
  readonly sessions: OpenSessions<ShownSession>;
  readonly #options: ChatControllerOptions;
  readonly #outbox: EventOutbox;
  readonly #sender: PromptSender;
  readonly #composer: PanelComposer;
  readonly #notice: SessionsNotice;
  readonly #documents = new ApprovalDocuments();
  readonly #subscriptions: vscode.Disposable;

  constructor(options: ChatControllerOptions) {
    this.#options = options;
    const { view, shelf, drafts, report } = options;
    this.#outbox = new EventOutbox((events, seq) => view.post({ type: "events", seq, events }));
    const shown = () => this.sessions.shown?.session.chat.sessionId;
    this.#composer = new PanelComposer({ view, drafts, shown, report });
    this.#sender = new PromptSender({
      composer: this.#composer,
      changed: () => this.contextChanged(),
      contexts: options.contexts,
      onSent: () => void options.repository.seen().catch(report),
      onNotSent: (id) => void this.sessions.notSent(id).catch(report),
      isGone: (id) => this.sessions.isGone(id),
    });
    const follow = (opened: OpenedSession): ShownSession => this.#follow(opened);
    this.sessions = new OpenSessions({ source: shelf, follow, onShown: (next) => this.#showing(next), report });
    const chats = () => this.sessions.all.map(({ session }) => session.chat);
    this.#notice = new SessionsNotice({ view, chats, isShown: (id) => this.sessions.isShown(id) });
    this.#subscriptions = vscode.Disposable.from(
      this.#documents,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#trusted()),
      vscode.window.onDidChangeWindowState(() => this.sessions.shown?.dialogs.look()),
    );
    view.onDidReceive((message) => void this.#receive(message).catch(report));
  }

  /** The session that is shown. */
  async session(): Promise<ChatSession> {
    return (await this.sessions.current()).session;
  }

  /** What decides for the session that is shown. */
  async policy(): Promise<SessionPolicy> {
    return (await this.sessions.current()).policy;
  }

  /** Shows an empty session. What runs goes on; every session stays on the disk. */
  async newChat(): Promise<void> {
    // An empty chat is the new one.
    if (this.sessions.shown?.session.isEmpty) this.#options.contexts.shown?.clear();
    await this.sessions.showNew();
    this.sessions.shown?.policy.allowAll.turnOff();
    this.#options.view.postWhenReady({ type: "focus-composer" });
  }

  /** Ends what runs, lets `remove` delete what is kept, and shows an empty session. */
  async startOver(remove: () => Promise<void>): Promise<void> {
    await this.sessions.startOver(() => removeWithUnsent(remove, this.#options));
  }

  /** What goes with the next prompt. */
  get attachments(): readonly Attachment[] {
    return this.#options.contexts.shown?.shown ?? [];
  }

  /** A chat is deleted. */
  forget(sessionId: string): void {
    void forgetUnsent(sessionId, this.#options).catch(this.#options.report);
  }

  /** What the user does with what the session that is shown has changed. */
  async desk(): Promise<ReviewDesk> {
    return (await this.sessions.current()).desk();
  }

  /** Puts a prompt into the composer, below what is there, with what goes along. Nothing is sent. */
  async prefill({ text, attachments }: Prompt): Promise<void> {
    const { session } = await this.sessions.current();
    for (const attachment of chosenOf(attachments)) this.#contextOf(session).add(attachment);
    await this.#options.view.focus();
    this.contextChanged();
    if (text !== "") this.#composer.prefill(text);
  }

  /** The same without showing the panel. */
  readonly fill = (prompt: Prompt): void => this.#sender.fill(prompt);

  /** Sends a prompt that a command made, beside the draft; while a turn runs it waits in the queue. */
  async ask(prompt: Prompt): Promise<void> {
    const { view, discover } = this.#options;
    const [shown] = await Promise.all([this.sessions.current(), view.focus(), discover()]);
    const begun = await this.#sender.sendMade(shown, prompt);
    void begun?.turn.catch(this.#options.report);
  }

  /** Who answers, or what is attached, has changed. */
  contextChanged(): void {
    this.#options.view.post({ type: "context", context: contextOf(this.sessions.shown, this.#options) });
  }

  async dispose(): Promise<void> {
    this.#subscriptions.dispose();
    this.#notice.dispose();
    await this.sessions.suspend();
    await this.#options.contexts.settled();
  }

  #trusted(): void {
    this.contextChanged();
    void this.#options.repository.look().then(() => this.contextChanged(), this.#options.report);
    for (const shown of this.sessions.all) this.#askAgain(shown);
  }

  #follow(opened: OpenedSession): ShownSession {
    const { dialogs, report, createSession, contexts } = this.#options;
    contexts.opened(opened.start.chat.sessionId);
    const shown = showSession(opened, createSession(opened), {
      dialogs,
      report,
      showWhole: (request) => this.#documents.show(request),
      forward: (event, session) => this.#forward(event, session),
      isShown: (id) => this.sessions.isShown(id),
      isSending: (id) => this.#sender.isSending(id),
      onClosed: (id) => contexts.closed(id),
    });
    this.#askAgain(shown);
    return shown;
  }

  /** What waited for the user when the session was left is shown again; it needs tools, and so trust. */
  #askAgain({ session }: ShownSession): void {
    void session.askAgain().catch(this.#options.report);
  }

  /** Another session is shown. */
  #showing(shown: ShownSession): void {
    const { session } = shown;
    // It holds only where it is in sight.
    for (const each of this.sessions.all) if (each !== shown) each.policy.allowAll.turnOff();
    void setRunning(session.isRunning);
    void this.#contextOf(session).restore();
    this.#notice.look();
    this.#options.onShown();
    void this.#snapshot().catch(this.#options.report);
  }

  #forward(event: ChatEvent, session: ChatSession): void {
    this.#notice.see(event, session.chat);
    if (event.type === "turn-start" && session.chat.past.length === 0)
      void this.#options.shelf.begun(session.chat.sessionId).catch(this.#options.report);
    if (!this.sessions.isShown(session.chat.sessionId)) return;
    this.#outbox.add(event);
    if (event.type === "turn-start" || event.type === "turn-resume") void setRunning(true);
    if (event.type === "turn-end") void setRunning(false);
    if (event.type === "title") this.#describe(session);
  }

  #receive(message: PanelRequest): Promise<void> {
    const { sessions } = this;
    const { view, contexts, drafts, places } = this.#options;
    return takeRequest<ShownSession>(message, {
      ...{ sessions, sender: this.#sender, contexts, drafts, places },
      ready: () => this.#ready(),
      askWindow: (asked, context) => askWindow(asked, context, this.#options),
      askSession: async (asked, own) => {
        if (asked.type === "stop" && own === sessions.shown) focusAfterStop(view, own.session);
        await askSession(asked, own, this.#composer.prefill);
      },
    });
  }

  async #ready(): Promise<void> {
    const { contexts, discover, repository } = this.#options;
    await Promise.all([contexts.shown?.restore(), discover(), repository.look()]);
    await this.#snapshot();
  }

  #contextOf({ chat }: ChatSession): PromptContext {
    return this.#options.contexts.of(chat.sessionId);
  }

  async #snapshot(): Promise<void> {
    const { session, showReview } = await this.sessions.current();
    const seq = this.#outbox.reset();
    const { sessionId } = session.chat;
    const draft = this.#options.drafts.read(sessionId);
    const place = this.#options.places.read(sessionId);
    const context = contextOf(this.sessions.shown, this.#options);
    const kept = { ...(draft && { draft }), ...(place !== undefined && { place }) };
    this.#options.view.post({ type: "snapshot", seq, chat: session.chat, context, ...kept });
    this.#composer.shown(sessionId);
    this.#describe(session);
    void showReview().catch(this.#options.report);
  }

  #describe({ chat }: ChatSession): void {
    this.#options.view.describe(chat.title === undefined ? "" : nameOf(chat));
  }
}
