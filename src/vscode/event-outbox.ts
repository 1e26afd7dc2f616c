import { mergeDeltas } from "../chat/merge-deltas.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";

/** Shortest time between two posts: a frame. */
const frameMs = 16;

/** Brings events to the panel in batches: the first at once, then at most one post a frame, neighbours merged. */
export class EventOutbox {
  readonly #post: (events: readonly ChatEvent[], seq: number) => void;
  #pending: ChatEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastPost = 0;
  #seq = 0;

  constructor(post: (events: readonly ChatEvent[], seq: number) => void) {
    this.#post = post;
  }

  add(event: ChatEvent): void {
    const last = this.#pending.at(-1);
    const merged = last === undefined ? undefined : mergeDeltas(last, event);
    if (merged === undefined) this.#pending.push(event);
    else this.#pending[this.#pending.length - 1] = merged;
    if (this.#timer !== undefined) return;
    const wait = this.#lastPost + frameMs - performance.now();
    if (wait <= 0) this.#flush();
    else this.#timer = setTimeout(() => this.#flush(), wait);
  }

  /** The number of a snapshot that holds everything added so far; what waited is in it. */
  reset(): number {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
    return this.#seq;
  }

  #flush(): void {
    this.#timer = undefined;
    this.#lastPost = performance.now();
    const events = this.#pending;
    this.#pending = [];
    this.#seq += events.length;
    this.#post(events, this.#seq);
  }
}
