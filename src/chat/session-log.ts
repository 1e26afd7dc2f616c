import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { reduceChat } from "../protocol/chat-reducer.ts";
import type { ChatState } from "../protocol/chat-state.ts";
import { MessageLog } from "./message-log.ts";
import type { Prompt } from "./prompt.ts";
import type { ChatSessionOptions, SessionStore } from "./session-options.ts";

type SessionLogOptions = Pick<ChatSessionOptions, "start" | "store" | "complete">;

/** What was said in a session: every event is folded, kept and passed on, every message appended and kept. */
export class SessionLog {
  readonly messages: readonly Message[];
  readonly #log: MessageLog;
  readonly #store: SessionStore;
  readonly #complete: ChatSessionOptions["complete"];
  readonly #listeners = new Set<(event: ChatEvent) => void>();
  #chat: ChatState;
  #closed = false;
  #isUntrusted: boolean;

  constructor({ start, store, complete }: SessionLogOptions) {
    this.#chat = start.chat;
    this.#log = new MessageLog(start);
    this.messages = this.#log.messages;
    this.#store = store;
    this.#complete = complete;
    this.#isUntrusted = start.untrusted === true;
    for (const repair of start.repairs) store.event(repair);
  }

  get chat(): ChatState {
    return this.#chat;
  }

  readonly emit = (told: ChatEvent): void => {
    if (this.#closed) return;
    const event = this.#complete?.(told) ?? told;
    this.#chat = reduceChat(this.#chat, event);
    this.#log.see(event);
    this.#store.event(event);
    for (const listener of this.#listeners) listener(event);
  };

  readonly append = (message: Message): void => {
    if (this.#closed) return;
    this.#log.add(message);
    this.#store.message(message);
  };

  /** Keeps all of a prompt that waits. */
  readonly keepPrompt = (id: string, prompt: Prompt): void => {
    if (!this.#closed) this.#store.prompt(id, prompt);
  };

  /** Keeps, once, that content from outside the workspace has come into the conversation. */
  readonly keepUntrusted = (): void => {
    if (this.#closed || this.#isUntrusted) return;
    this.#isUntrusted = true;
    this.#store.untrusted();
  };

  /** How many messages there were when a turn began; undefined for one that never did. */
  startOf(turnId: string): number | undefined {
    return this.#log.startOf(turnId);
  }

  /** Calls `listener` with every event, after the fold. Answers with the way to stop that. */
  subscribe(listener: (event: ChatEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Nothing more is told or kept. */
  close(): void {
    this.#closed = true;
  }

  /** Rejects with the first failure to write. */
  flush(): Promise<void> {
    return this.#store.flush();
  }
}
