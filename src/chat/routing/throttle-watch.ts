import type { ChatEvent } from "../../protocol/chat-event.ts";
import type { TokenUsage } from "../../protocol/token-usage.ts";
import type { TurnError } from "../../protocol/turn-error.ts";

/** Refusals in a row after which waiting longer is no longer the only answer. */
const sustained = 3;

/** Sees when a turn is throttled for good: several times in a row, or until it gives up. Once a turn. */
export class ThrottleWatch {
  #inRow = 0;
  #told = false;
  #lastUsage: TokenUsage | null = null;

  /** Of the last answer: what of the conversation is cached. */
  get lastUsage(): TokenUsage | null {
    return this.#lastUsage;
  }

  /** Whether this event is the one at which another place should be offered. */
  see(event: ChatEvent): boolean {
    switch (event.type) {
      case "turn-start":
        this.#told = false;
        this.#inRow = 0;
        return false;
      case "step-end":
        this.#inRow = 0;
        this.#lastUsage = event.usage;
        return false;
      case "retry-scheduled":
        this.#inRow = isThrottle(event.error) ? this.#inRow + 1 : 0;
        return this.#inRow >= sustained && this.#tell();
      case "turn-end":
        return event.outcome.kind === "failed" && isThrottle(event.outcome.error) && this.#tell();
    }
    return false;
  }

  #tell(): boolean {
    const first = !this.#told;
    this.#told = true;
    return first;
  }
}

export function isThrottle({ kind }: TurnError): boolean {
  return kind === "throttled" || kind === "quota";
}
