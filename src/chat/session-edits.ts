import type { NoticeAction } from "../protocol/chat-event.ts";
import type { TokenUsage } from "../protocol/token-usage.ts";
import type { SessionLog } from "./session-log.ts";

/** What changes a conversation beside its turns. What is sent is not changed while a turn runs. */
export class SessionEdits {
  readonly #log: Pick<SessionLog, "chat" | "emit" | "isClosed" | "startOf">;
  readonly #now: () => number;
  readonly #isRunning: () => boolean;

  constructor(
    log: Pick<SessionLog, "chat" | "emit" | "isClosed" | "startOf">,
    { now, isRunning }: { readonly now: () => number; readonly isRunning: () => boolean },
  ) {
    this.#log = log;
    this.#now = now;
    this.#isRunning = isRunning;
  }

  /** Tells the user something in the running turn, with a way to do something about it. */
  tell(text: string, action?: NoticeAction): void {
    this.#log.emit({ type: "notice", text, at: this.#now(), ...(action !== undefined && { action }) });
  }

  /** The latest compaction no longer counts; the model gets the messages as they were. */
  undoCompaction(id: number): void {
    if (this.#isRunning() || this.#log.chat.compactions.at(-1)?.id !== id) return;
    this.#log.emit({ type: "compaction-undone", id, at: this.#now() });
  }

  /**
   * Takes back this turn and all later ones, of what is shown and of what is sent. False, and nothing done, while one
   * runs, where there is no such turn, and where the session is closed.
   */
  rewind(turnId: string): boolean {
    const messages = this.#log.startOf(turnId);
    const isPast = this.#log.chat.past.some(({ id }) => id === turnId);
    if (this.#isRunning() || this.#log.isClosed || messages === undefined || !isPast) return false;
    this.#log.emit({ type: "rewind", turnId, messages, at: this.#now() });
    return true;
  }

  /** What was taken back last is part of the conversation again. */
  undoRewind(): void {
    if (this.#isRunning() || this.#log.chat.rewound === undefined) return;
    this.#log.emit({ type: "rewind-undone", at: this.#now() });
  }

  /** Puts the chat aside, or takes it back. */
  archive(archived: boolean): void {
    this.#log.emit({ type: "archived", archived, at: this.#now() });
  }

  /** Gives the chat its title. `usage`: what a model took for it. */
  entitle(title: string, usage: TokenUsage | null): void {
    this.#log.emit({ type: "title", title, usage, at: this.#now() });
  }
}
