import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { reduceChat } from "../protocol/chat-reducer.ts";
import type { ChatState } from "../protocol/chat-state.ts";
import type { SessionStart } from "./restore-session.ts";
import type { SessionStore } from "./session-options.ts";

/** What was said in a session: every event is folded, kept and passed on, every message appended and kept. */
export class SessionLog {
  readonly messages: readonly Message[];
  readonly #messages: Message[];
  readonly #store: SessionStore;
  readonly #listeners = new Set<(event: ChatEvent) => void>();
  #chat: ChatState;
  #closed = false;

  constructor({ chat, messages, repairs }: SessionStart, store: SessionStore) {
    this.#chat = chat;
    this.#messages = [...messages];
    this.messages = this.#messages;
    this.#store = store;
    for (const repair of repairs) store.event(repair);
  }

  get chat(): ChatState {
    return this.#chat;
  }

  readonly emit = (event: ChatEvent): void => {
    if (this.#closed) return;
    this.#chat = reduceChat(this.#chat, event);
    this.#store.event(event);
    for (const listener of this.#listeners) listener(event);
  };

  readonly append = (message: Message): void => {
    if (this.#closed) return;
    this.#messages.push(message);
    this.#store.message(message);
  };

  /** Calls `listener` with every event, after the fold. Answers with the way to stop that. */
  subscribe(listener: (event: ChatEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
