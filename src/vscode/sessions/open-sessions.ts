import type { ChatSession } from "../../chat/chat-session.ts";
import type { OpenedSession } from "../../chat/session-folder.ts";

/** Where sessions are kept, each written by one window at a time. */
export interface SessionSource {
  /** The one that was shown last, or a new one. Throws where its file cannot be read. */
  openCurrent(): Promise<OpenedSession>;
  /** `replaced`: the id of the session that this window does not come back to by itself. */
  openNew(replaced?: string): Promise<OpenedSession>;
  /** Undefined where it is not there, or another window has it. Throws where its file cannot be read. */
  openKept(id: string, replaced?: string): Promise<OpenedSession | undefined>;
  /** It is no new chat any more. */
  begun(id: string): Promise<void>;
}

/** A session of this window, shown or not. */
export interface OpenSession {
  readonly session: ChatSession;
  /** What is asked about it in dialogs. */
  readonly dialogs: { clear(): void; look(): void };
  /** Resolves when no title of it is being written. */
  readonly entitled: () => Promise<void>;
  /** What its tools have started and nobody waits for; undefined where no tool has run. */
  readonly programs: () => Promise<{ readonly left: readonly { readonly isRunning: boolean }[] } | undefined>;
  /** A prompt is on its way to it: what is attached is still being read. */
  readonly isSending: () => boolean;
  readonly unsubscribe: () => void;
  /** Ends what was left running, and nothing more is kept. */
  readonly close: () => Promise<void>;
}

export interface OpenSessionsOptions<Open extends OpenSession> {
  readonly source: SessionSource;
  /** Follows a session from now on. */
  readonly follow: (opened: OpenedSession) => Open;
  /** Another one is shown, or the first one. */
  readonly onShown: (shown: Open) => void;
  readonly report: (error: unknown) => void;
}

/**
 * The sessions of a window: one is shown, those that run go on behind it. A hidden one is closed, and so free for other
 * windows, as soon as nothing of it runs. Changes of what is shown happen one after another.
 */
export class OpenSessions<Open extends OpenSession> {
  readonly #options: OpenSessionsOptions<Open>;
  readonly #open = new Map<string, Open>();
  /** The ids of those that are kept open, once for each reason. */
  readonly #held: string[] = [];
  /** The ids of those that were deleted. */
  readonly #gone = new Set<string>();
  #shown: Open | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: OpenSessionsOptions<Open>) {
    this.#options = options;
  }

  /** Every session of which something may run, the shown one too. */
  get all(): readonly Open[] {
    return [...this.#open.values()];
  }

  /** Undefined until the first one is open. */
  get shown(): Open | undefined {
    return this.#shown;
  }

  /** Undefined where it is not open in this window. */
  find(sessionId: string): Open | undefined {
    return this.#open.get(sessionId);
  }

  isShown(sessionId: string): boolean {
    return this.#shown?.session.chat.sessionId === sessionId;
  }

  /** The one that is shown; opens the first. */
  async current(): Promise<Open> {
    return this.#shown ?? this.#inTurn(() => this.#first());
  }

  /** Shows an empty session, whatever runs goes on. */
  showNew(): Promise<void> {
    return this.#inTurn(async () => {
      const old = await this.#first();
      if (old.session.isEmpty) return this.#options.onShown(old);
      await this.#show(await this.#options.source.openNew(await this.#replaced(old)));
    });
  }

  /** False, and nothing done, where it is not there, or another window has it. */
  showKept(id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const old = await this.#first();
      if (this.isShown(id)) return true;
      const running = this.#open.get(id);
      const opened =
        running === undefined ? await this.#options.source.openKept(id, await this.#replaced(old)) : undefined;
      if (opened === undefined && running === undefined) return false;
      await this.#show(opened ?? running);
      return true;
    });
  }

  /** Whether it was deleted: nothing of it is to come back. */
  isGone(sessionId: string): boolean {
    return this.#gone.has(sessionId);
  }

  /** Keeps a session open while this is done, as for a prompt that is on its way. */
  async keepOpen<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    this.#held.push(id);
    try {
      return await work();
    } finally {
      this.#held.splice(this.#held.indexOf(id), 1);
      void this.notSent(id).catch(this.#options.report);
    }
  }

  /** A prompt that was on its way is not sent: where the session is hidden, nothing may run in it any more. */
  async notSent(id: string): Promise<void> {
    const open = this.#open.get(id);
    if (open !== undefined) await this.#closeHidden(open);
  }

  /** Ends what runs in a session that is to be deleted and gives it back; an empty one takes its place where it is shown. */
  close(id: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#gone.add(id);
      const closed = this.#open.get(id);
      if (closed === undefined) return;
      if (this.isShown(id)) await this.#show(await this.#options.source.openNew(id));
      if (this.#open.has(id)) await this.#close(closed);
      await this.#options.source.begun(id);
    });
  }

  /** Ends everything, lets `remove` delete what is kept, and shows an empty session. */
  startOver(remove: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      await this.#first();
      for (const { session } of this.all) this.#gone.add(session.chat.sessionId);
      await Promise.all(this.all.map((each) => this.#close(each)));
      await remove();
      await this.#show(await this.#options.source.openNew());
    });
  }

  /** The window closes: what runs can be taken up again by a later one. */
  suspend(): Promise<void> {
    for (const { session } of this.all) session.suspend();
    return this.#inTurn(async () => {
      await Promise.all(this.all.map((each) => this.#close(each)));
    });
  }

  async #first(): Promise<Open> {
    return this.#shown ?? this.#add(await this.#openFirst());
  }

  async #openFirst(): Promise<OpenedSession> {
    const { source, report } = this.#options;
    try {
      return await source.openCurrent();
    } catch (error) {
      report(error);
      return source.openNew();
    }
  }

  async #show(next: OpenedSession | Open | undefined): Promise<void> {
    if (next === undefined) return;
    const old = this.#shown;
    const shown = "journal" in next ? this.#add(next) : next;
    this.#shown = shown;
    this.#options.onShown(shown);
    if (old === undefined || old === shown || !this.all.includes(old)) return;
    old.dialogs.clear();
    if (!(await this.#isBusy(old))) await this.#close(old);
  }

  #add(opened: OpenedSession): Open {
    const shown = this.#options.follow(opened);
    this.#open.set(shown.session.chat.sessionId, shown);
    this.#shown = shown;
    shown.session.subscribe(({ type }) => {
      if (type === "turn-end") void this.#closeHidden(shown).catch(this.#options.report);
    });
    return shown;
  }

  /** A hidden session has come to an end of a turn, which may not be the last. */
  async #closeHidden(shown: Open): Promise<void> {
    const { sessionId } = shown.session.chat;
    if (this.isShown(sessionId)) return;
    await shown.session.settled();
    await shown.entitled();
    await this.#inTurn(async () => {
      if (this.isShown(sessionId) || this.#open.get(sessionId) !== shown || (await this.#isBusy(shown))) return;
      await this.#close(shown);
    });
  }

  async #close({ session, dialogs, unsubscribe, close }: Open): Promise<void> {
    dialogs.clear();
    session.stop();
    unsubscribe();
    await session.settled();
    session.suspend();
    this.#open.delete(session.chat.sessionId);
    await close();
  }

  /** A turn, or one that is about to begin, or a program that a call left behind. */
  async #isBusy({ session, programs, isSending }: Open): Promise<boolean> {
    if (session.isRunning || isSending() || this.#held.includes(session.chat.sessionId)) return true;
    return (await programs())?.left.some(({ isRunning }) => isRunning) ?? false;
  }

  /** The id of a session that is left for good: one that goes on is come back to. */
  async #replaced(old: Open): Promise<string | undefined> {
    return (await this.#isBusy(old)) ? undefined : old.session.chat.sessionId;
  }

  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const changed = this.#last.then(change);
    this.#last = changed.catch(() => undefined);
    return changed;
  }
}
