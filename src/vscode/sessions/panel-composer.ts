import type { KeptDraft, ToWebview } from "../../protocol/panel-messages.ts";
import type { DraftMemory } from "./kept-draft.ts";

export interface PanelComposerOptions {
  readonly view: { postWhenReady(message: ToWebview): void };
  readonly drafts: DraftMemory;
  /** The id of the chat that is shown; undefined until the first one is open. */
  readonly shown: () => string | undefined;
  readonly report: (error: unknown) => void;
}

/** What comes into the panel's composer and leaves it. It is kept at once: the panel may not be there, or gone a moment later. */
export class PanelComposer {
  readonly #options: PanelComposerOptions;

  constructor(options: PanelComposerOptions) {
    this.#options = options;
  }

  /** Puts a text into it, below what is there. */
  readonly prefill = (text: string): void => {
    const { drafts, shown } = this.#options;
    const session = shown();
    if (session !== undefined && text !== "") this.#keep(drafts.giveBack({ session, text }));
    this.#post(text);
  };

  /** A prompt has left it; the same object again when it is sent or given back. */
  readonly taken = (prompt: KeptDraft): void => this.#keep(this.#options.drafts.leave(prompt));
  readonly settled = (prompt: KeptDraft): void => this.#keep(this.#options.drafts.arrive(prompt));

  /** A chat is shown: what had left its composer when the window was closed, and was not sent, is there again. */
  shown(sessionId: string): void {
    for (const text of this.#options.drafts.takeLeft(sessionId)) this.#post(text);
  }

  #post(text: string): void {
    this.#options.view.postWhenReady({ type: "prefill", text });
  }

  #keep(kept: Promise<void>): void {
    void kept.catch(this.#options.report);
  }
}
