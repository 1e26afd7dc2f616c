import type { Waiting } from "./waiting-questions.ts";

/** Tells of every pending approval and question at most once, and only where the user does not see its card. */
export class UnseenApprovals {
  readonly #isSeen: () => boolean;
  readonly #tell: (request: Waiting) => void;
  readonly #told = new Set<string>();
  #pending: readonly Waiting[] = [];

  constructor(isSeen: () => boolean, tell: (request: Waiting) => void) {
    this.#isSeen = isSeen;
    this.#tell = tell;
  }

  update(pending: readonly Waiting[]): void {
    this.#pending = pending;
    this.look();
  }

  /** The panel or the window may have been hidden. */
  look(): void {
    if (this.#isSeen()) return;
    for (const request of this.#pending) {
      if (this.#told.has(request.id)) continue;
      this.#told.add(request.id);
      this.#tell(request);
    }
  }
}
