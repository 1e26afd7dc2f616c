/** Asks for the code of a device. The box closes when the signal aborts; undefined where no code is given. */
export type AskCode = (serial: string, signal: AbortSignal) => Promise<string | undefined>;

/**
 * The codes that the user is asked for, by the key of the credentials that want them. A question ends with the last of those
 * who wait for its credentials; where nobody says that they wait, it stays until it is answered.
 */
export class CodeQuestions {
  readonly #ask: AskCode;
  readonly #waiting = new Map<string, Set<object>>();
  readonly #open = new Map<string, AbortController>();
  /** Nobody waits any more for what is being looked for. */
  readonly #abandoned = new Set<string>();

  constructor(ask: AskCode) {
    this.#ask = ask;
  }

  async ask(key: string, serial: string): Promise<string | undefined> {
    if (this.#abandoned.has(key)) return undefined;
    const question = new AbortController();
    this.#open.set(key, question);
    try {
      return await this.#ask(serial, question.signal);
    } finally {
      if (this.#open.get(key) === question) this.#open.delete(key);
    }
  }

  isOpen(key: string): boolean {
    return this.#open.has(key);
  }

  /** Somebody asks for the credentials anew. */
  want(key: string): void {
    this.#abandoned.delete(key);
  }

  /** Somebody waits for the credentials until the signal aborts. Returns what ends the waiting without a word. */
  wait(key: string, signal: AbortSignal): () => void {
    this.want(key);
    const waiting = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, waiting);
    const one = {};
    waiting.add(one);
    const leave = (): void => {
      signal.removeEventListener("abort", giveUp);
      waiting.delete(one);
      if (waiting.size === 0 && this.#waiting.get(key) === waiting) this.#waiting.delete(key);
    };
    const giveUp = (): void => {
      leave();
      if (waiting.size > 0) return;
      this.#abandoned.add(key);
      this.#open.get(key)?.abort();
    };
    signal.addEventListener("abort", giveUp, { once: true });
    return leave;
  }
}
