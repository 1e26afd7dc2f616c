import type { Waiting } from "./waiting-questions.ts";

/** Tells of every pending approval and question at most once, and only where the user does not see its card. */
export class UnseenApprovals<Request extends Waiting = Waiting> {
  readonly #isSeen: (request: Request) => boolean;
  readonly #tell: (request: Request) => void;
  readonly #told = new Set<string>();
  #pending: readonly Request[] = [];

  constructor(isSeen: (request: Request) => boolean, tell: (request: Request) => void) {
    this.#isSeen = isSeen;
    this.#tell = tell;
  }

  update(pending: readonly Request[]): void {
    this.#pending = pending;
    this.look();
  }

  /** The panel or the window may have been hidden. */
  look(): void {
    for (const request of this.#pending) {
      if (this.#told.has(request.id) || this.#isSeen(request)) continue;
      this.#told.add(request.id);
      this.#tell(request);
    }
  }
}
