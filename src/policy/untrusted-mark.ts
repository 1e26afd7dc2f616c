/** Whether content from outside the workspace has come into a chat: what it asks for may be somebody else's wish. */
export class UntrustedMark {
  #inTurn = false;
  #inSession = false;
  readonly #onFirst: () => void;

  /** Told once, when the session is first marked. */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  /** In the turn that runs: no rule made once lets a change through. */
  get inTurn(): boolean {
    return this.#inTurn;
  }

  /** In any turn of the session: it stays in the conversation, so Allow All answers nothing any more. */
  get inSession(): boolean {
    return this.#inSession;
  }

  beginTurn(): void {
    this.#inTurn = false;
  }

  add(): void {
    this.#inTurn = true;
    if (this.#inSession) return;
    this.#inSession = true;
    this.#onFirst();
  }
}
