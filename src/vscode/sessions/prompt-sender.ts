import type { ChatSession } from "../../chat/chat-session.ts";
import { chosenOf, type Prompt } from "../../chat/prompt.ts";
import type { QueueAction } from "../../protocol/queued-prompt.ts";
import type { ChatContexts } from "../context/chat-contexts.ts";
import type { Claim } from "../context/prompt-context.ts";
import type { PanelComposer } from "./panel-composer.ts";

/** What the panel says of a prompt: sent where nothing runs, or what becomes of it where something does. */
export type SendAction = "send" | QueueAction | "stop";

/** Where prompts go. */
export interface TakesPrompts {
  readonly session: ChatSession;
  /** Asks whether a prompt may be sent that seems to hold a secret. */
  readonly dialogs: { maySend(prompt: Prompt): Promise<boolean> };
}

/** A prompt that is on its way; its turn settles when it has ended. */
interface Begun {
  readonly turn: Promise<unknown>;
  /** Where something has to end first: resolves when a turn begins. */
  readonly began: Promise<void> | undefined;
}

export interface PromptSenderOptions {
  readonly composer: Pick<PanelComposer, "prefill" | "taken" | "settled">;
  /** What is attached to the next prompt is another. */
  readonly changed: () => void;
  /** What goes with the next prompt of each chat. */
  readonly contexts: Pick<ChatContexts, "of" | "shown">;
  /** A prompt is on its way: what the repository brings has been seen. */
  readonly onSent: () => void;
  /** The chat was deleted. */
  readonly isGone?: (sessionId: string) => boolean;
  /** A prompt is not sent after all. */
  readonly onNotSent: (sessionId: string) => void;
}

/** Brings the panel's prompts, with what is attached to them, to the session that is shown. */
export class PromptSender {
  readonly #options: PromptSenderOptions;
  /** The ids of chats, once for each prompt that is on its way to them. */
  readonly #sending: string[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PromptSenderOptions) {
    this.#options = options;
  }

  /**
   * One prompt after another, as they were sent, whatever is still being read for them; what is attached goes with the first
   * that takes it. Settles when the turn that it begins, if any, has ended.
   */
  async send(shown: TakesPrompts, text: string, ids: readonly string[], action: SendAction): Promise<void> {
    const id = idOf(shown);
    const { contexts, composer, onNotSent } = this.#options;
    const claim = contexts.of(id).claim(text, ids);
    const taken = { session: id, text };
    composer.taken(taken);
    this.#sending.push(id);
    let begun: Begun | undefined;
    try {
      begun = await this.#inOrder(() => this.#begin(shown, text, claim, action));
      if (begun?.began !== undefined) await Promise.race([begun.began, begun.turn]);
    } finally {
      this.#sending.splice(this.#sending.indexOf(id), 1);
      composer.settled(taken);
      if (begun === undefined) onNotSent(id);
    }
    await begun?.turn;
  }

  /** A prompt is on its way to this chat, and its turn has not begun. */
  isSending(sessionId: string): boolean {
    return this.#sending.includes(sessionId);
  }

  /** The same for a prompt that a command made. The composer keeps what is in it; while a turn runs the prompt waits in the queue. Settles when it is on its way. */
  async sendMade(shown: TakesPrompts, made: Prompt): Promise<Begun | undefined> {
    return this.#inOrder(async () => {
      const prompt = await this.#options.contexts.of(idOf(shown)).attend(made);
      if (await shown.dialogs.maySend(prompt)) return this.#sent(shown, prompt, "queue");
      this.fill(made);
      return undefined;
    });
  }

  /** A prompt that waited goes back into the composer, with what is attached to it. */
  edit({ session }: TakesPrompts, id: string): void {
    const prompt = session.queue.take(id);
    if (prompt !== undefined) this.fill(prompt);
  }

  /** Puts a prompt into the composer, with what the user had attached to it. */
  fill({ text, attachments }: Prompt): void {
    const { contexts, changed, composer } = this.#options;
    for (const attachment of chosenOf(attachments)) contexts.shown?.add(attachment);
    changed();
    composer.prefill(text);
  }

  #inOrder(work: () => Promise<Begun | undefined>): Promise<Begun | undefined> {
    const begun = this.#last.then(work);
    this.#last = begun.catch(() => undefined);
    return begun;
  }

  async #begin(shown: TakesPrompts, text: string, claim: Claim, action: SendAction): Promise<Begun | undefined> {
    const { session, dialogs } = shown;
    try {
      const prompt: Prompt = { text, attachments: await claim.read() };
      // The chat was left meanwhile, or the user does not agree.
      if (session.isClosed || !(await dialogs.maySend(prompt)) || session.isClosed) {
        this.giveBack(claim, text);
        return undefined;
      }
      // Meanwhile another turn may have begun: the prompt waits for it, as one that is typed now would.
      const begun = this.#sent(shown, prompt, action === "send" ? "queue" : action);
      claim.sent();
      this.#options.changed();
      return begun;
    } catch (error) {
      this.giveBack(claim, text);
      throw error;
    }
  }

  /** A prompt that is not sent is in the composer again. */
  giveBack(claim: Claim | undefined, text: string): void {
    const { contexts, changed, composer } = this.#options;
    if (claim?.giveBack(contexts.shown) === false) return;
    changed();
    composer.prefill(text);
  }

  /** Where the chat is closed before its turn begins, the prompt is in the composer again. */
  #sent({ session }: TakesPrompts, prompt: Prompt, action: Exclude<SendAction, "send">): Begun {
    const began = action === "stop" && !session.takesPrompt ? nextTurn(session) : undefined;
    const turn = begin(session, prompt, action).then((outcome) => {
      if (outcome === undefined && session.isClosed && !this.#options.isGone?.(session.chat.sessionId))
        this.fill(prompt);
      return outcome;
    });
    this.#options.onSent();
    this.#options.changed();
    return { turn, began };
  }
}

function idOf({ session }: TakesPrompts): string {
  return session.chat.sessionId;
}

function nextTurn(session: ChatSession): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = session.subscribe(({ type }) => {
      if (type !== "turn-start") return;
      unsubscribe();
      resolve();
    });
  });
}

async function begin(session: ChatSession, prompt: Prompt, action: Exclude<SendAction, "send">): Promise<unknown> {
  if (session.takesPrompt) return session.send(prompt);
  switch (action) {
    case "stop":
      return session.queue.sendInstead(prompt);
    case "queue":
    case "steer":
      return session.queue.add(prompt, action);
  }
}
