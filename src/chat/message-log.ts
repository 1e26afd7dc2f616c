import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../protocol/chat-event.ts";

/** The messages of a session, and what its events tell of them. */
export interface KeptMessages {
  /** Those that are part of the conversation. */
  readonly messages: readonly Message[];
  /** How many there were when a turn began, by its id. */
  readonly turnStarts?: Readonly<Record<string, number>>;
  /** What was taken back and may come back, oldest first. */
  readonly rewound?: readonly Message[];
}

/** The fold of a session's messages, as its events rewind them. */
export class MessageLog {
  readonly #messages: Message[];
  readonly #starts: Map<string, number>;
  #rewound: readonly Message[];

  constructor({ messages, turnStarts = {}, rewound = [] }: KeptMessages = { messages: [] }) {
    this.#messages = [...messages];
    this.#starts = new Map(Object.entries(turnStarts));
    this.#rewound = rewound;
  }

  /** The same list for good. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** What a log that goes on from here begins with. */
  get kept(): KeptMessages {
    return {
      messages: [...this.#messages],
      ...(this.#starts.size > 0 && { turnStarts: Object.fromEntries(this.#starts) }),
      ...(this.#rewound.length > 0 && { rewound: this.#rewound }),
    };
  }

  /** Undefined for a turn that never began. */
  startOf(turnId: string): number | undefined {
    return this.#starts.get(turnId);
  }

  add(message: Message): void {
    this.#messages.push(message);
  }

  see(event: ChatEvent): void {
    switch (event.type) {
      case "turn-start":
        this.#starts.set(event.turnId, this.#messages.length);
        this.#rewound = [];
        return;
      case "turn-resume":
        this.#rewound = [];
        return;
      case "rewind":
        this.#rewound = [...this.#messages.splice(event.messages), ...this.#rewound];
        return;
      case "rewind-undone":
        this.#messages.push(...this.#rewound);
        this.#rewound = [];
    }
  }
}
