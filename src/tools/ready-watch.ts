/** How a watching task tells in its output that a round begins and ends: regular expressions for one line, as its problem matcher has them. */
export interface ReadyPattern {
  readonly begins?: string;
  readonly ends: string;
}

/** No pattern is tried on more of a line. */
const LONGEST_LINE = 2000;

/** Sees in the lines of a watching task when each of its matchers has come to the end of a round. */
export class ReadyWatch {
  readonly #patterns: readonly { readonly begins: RegExp | undefined; readonly ends: RegExp }[];
  readonly #ready = new Set<number>();

  /** What is no regular expression is left out. */
  constructor(patterns: readonly ReadyPattern[]) {
    this.#patterns = patterns.flatMap(({ begins, ends }) => {
      const end = toRegExp(ends);
      return end === undefined ? [] : [{ begins: begins === undefined ? undefined : toRegExp(begins), ends: end }];
    });
  }

  /** Whether there is anything to wait for. */
  get hasPatterns(): boolean {
    return this.#patterns.length > 0;
  }

  get isReady(): boolean {
    return this.hasPatterns && this.#ready.size === this.#patterns.length;
  }

  /** Complete lines. */
  push(text: string): void {
    for (const line of text.split("\n")) {
      const judged = line.slice(0, LONGEST_LINE);
      for (const [index, { begins, ends }] of this.#patterns.entries()) {
        if (begins?.test(judged) === true) this.#ready.delete(index);
        if (ends.test(judged)) this.#ready.add(index);
      }
    }
  }
}

function toRegExp(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
