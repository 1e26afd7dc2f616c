/** What was odd in a stream, and how often. Names of the protocol, never what was said. */
export type Oddities = ReadonlyMap<string, number>;

/** Told once per attempt, when it is over, where anything was odd. */
export type OnOddities = (oddities: Oddities) => void;

const mostKinds = 20;

/** Counts what a stream does against the protocol, or beyond what is known of it, and what is passed over for that. */
export class OddityCount {
  readonly #counts = new Map<string, number>();

  /** `name` is the sender's: only its letters and digits are kept, as it may hold anything. */
  readonly count = (what: string, name?: string): void => {
    const full = name === undefined ? what : `${what} ${toProtocolName(name)}`;
    const kind = this.#counts.has(full) || this.#counts.size < mostKinds ? full : "others";
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  };

  get counts(): Oddities {
    return this.#counts;
  }
}

/** One line for the log, such as `Odd in the answer: unknown delta hologram (2), a second end of a block (1).` */
export function describeOddities(oddities: Oddities): string {
  return `Odd in the answer: ${[...oddities].map(([what, times]) => `${what} (${times})`).join(", ")}.`;
}

function toProtocolName(name: unknown): string {
  return typeof name === "string" && /^[\w.:$-]{1,80}$/u.test(name) ? name : "of another name";
}
