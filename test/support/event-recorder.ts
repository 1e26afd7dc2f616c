import type { ChatEvent, Emit } from "../../src/protocol/chat-event.ts";

type EventOf<Type extends ChatEvent["type"]> = Extract<ChatEvent, { type: Type }>;

/** Keeps every event, and lets a test wait for one. */
export class EventRecorder {
  readonly events: ChatEvent[] = [];
  readonly #waiting = new Set<(event: ChatEvent) => void>();

  readonly emit: Emit = (event) => {
    this.events.push(event);
    for (const waiting of this.#waiting) waiting(event);
  };

  get types(): readonly ChatEvent["type"][] {
    return this.events.map(({ type }) => type);
  }

  of<Type extends ChatEvent["type"]>(type: Type): readonly EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** Calls `act` in the moment in which the next event of this type is emitted. */
  on<Type extends ChatEvent["type"]>(type: Type, act: (event: EventOf<Type>) => void): void {
    const isWanted = (event: ChatEvent): event is EventOf<Type> => event.type === type;
    const waiting = (event: ChatEvent): void => {
      if (!isWanted(event)) return;
      this.#waiting.delete(waiting);
      act(event);
    };
    this.#waiting.add(waiting);
  }
}
