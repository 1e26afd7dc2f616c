import type { Model } from "../../agent/model.ts";
import type { Timing } from "../../agent/timing.ts";
import type { Turn } from "../../protocol/chat-state.ts";
import type { ChatSession } from "../chat-session.ts";
import type { SessionEdits } from "../session-edits.ts";
import { asTitle } from "./as-title.ts";

export interface TitleWriterOptions {
  readonly session: Pick<ChatSession, "chat" | "subscribe"> & { readonly edits: Pick<SessionEdits, "entitle"> };
  /** False: chats get no titles. */
  readonly isOn: () => boolean;
  /** Who may write the title of this turn's chat; undefined: nobody, and it is the prompt's first words. */
  readonly modelFor: (turn: Turn) => (() => Promise<Model>) | undefined;
  readonly timing: Timing;
}

/** Gives a chat its title when its first turn is done. It costs little or nothing, and fails in silence: the first words do as well. */
export class TitleWriter {
  readonly #options: TitleWriterOptions;
  readonly #end = new AbortController();
  readonly #unsubscribe: () => void;
  #writing: Promise<void> | undefined;

  constructor(options: TitleWriterOptions) {
    this.#options = options;
    this.#unsubscribe = options.session.subscribe((event) => {
      if (event.type !== "turn-end" || event.outcome.kind !== "completed") return;
      if (this.#writing !== undefined || options.session.chat.title !== undefined || !options.isOn()) return;
      this.#writing = this.#write();
    });
  }

  /** Resolves when no title is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Nothing more is written. */
  end(): void {
    this.#unsubscribe();
    this.#end.abort();
  }

  async #write(): Promise<void> {
    const { session, modelFor } = this.#options;
    const [turn] = session.chat.past;
    if (turn === undefined) return;
    const { signal } = this.#end;
    const model = modelFor(turn);
    const written = model === undefined ? undefined : await this.#ask(turn, model);
    if (signal.aborted) return;
    session.edits.entitle(written?.title ?? asTitle(turn.prompt), written?.usage ?? null);
  }

  async #ask(turn: Turn, model: () => Promise<Model>) {
    const { timing } = this.#options;
    try {
      const { writeTitle } = await import("./write-title.ts");
      return await writeTitle({ turn, model, timing, signal: this.#end.signal });
    } catch {
      return undefined;
    }
  }
}
