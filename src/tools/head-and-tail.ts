/** Halves of a character that the cut left behind. */
const LONE_HIGH = /[\ud800-\udbff]$/;
const LONE_LOW = /^[\udc00-\udfff]/;

/** What the disk keeps of an output that a result cuts, as a limit of a tool reads. */
export const KEPT_LIMIT = "10,000,000 characters of a longer output kept for read_file";

/** As a limit of a tool reads: the first 16,000 and the last 31,000 characters of output. */
export function outputLimit(headSize: number, tailSize: number): string {
  return `the first ${headSize.toLocaleString("en")} and the last ${tailSize.toLocaleString("en")} characters of output`;
}

/** Keeps the beginning and the end of a text of any length, in bounded memory. */
export class HeadAndTail {
  readonly #headSize: number;
  readonly #tailSize: number;
  #head = "";
  #tail = "";
  #dropped = 0;

  /** Sizes in characters. */
  constructor(headSize: number, tailSize: number) {
    this.#headSize = headSize;
    this.#tailSize = tailSize;
  }

  push(text: string): void {
    const room = this.#headSize - this.#head.length;
    const rest = room > 0 ? text.slice(room) : text;
    if (room > 0) this.#head += text.slice(0, room);
    this.#tail += rest;
    // Cut at twice the size, so that many small pieces are not copied each time.
    if (this.#tail.length > 2 * this.#tailSize) this.#cutTail();
  }

  /** Whether a part in the middle is missing. */
  get isCut(): boolean {
    return this.#dropped > 0 || this.#tail.length > this.#tailSize;
  }

  /** All of it, or head and tail with a line between them that says how much is missing. */
  text(): string {
    if (this.#tail.length > this.#tailSize) this.#cutTail();
    if (this.#dropped === 0) return this.#head + this.#tail;
    const count = this.#dropped.toLocaleString("en");
    return `${this.#head.replace(LONE_HIGH, "")}\n… (${count} characters left out) …\n${this.#tail.replace(LONE_LOW, "")}`;
  }

  /** As much of the end as is held: at least the size of the tail, where so much was printed. */
  end(): string {
    const held = this.#dropped === 0 ? this.#head + this.#tail : this.#tail;
    return held.replace(LONE_LOW, "");
  }

  #cutTail(): void {
    const extra = this.#tail.length - this.#tailSize;
    this.#tail = this.#tail.slice(extra);
    this.#dropped += extra;
  }
}
