const quoteLetters = ['"', "'", "`"] as const;
type Quote = (typeof quoteLetters)[number];

/** Finds where quoted values end, on their line. Asked from left to right it looks at each character once a kind of quote. */
export class LineQuotes {
  readonly #text: string;
  /** For each kind the last answer: the end found when asked from `from`. */
  readonly #known = new Map<Quote, { readonly from: number; readonly end: number }>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The value of the quoted string that opens at `at`, also where the quotes are escaped; undefined where none does. */
  valueAt(at: number): { readonly start: number; readonly value: string } | undefined {
    const opens = /(?:[bfru@$]{0,2}|)(\\?)(["'`])/iuy;
    opens.lastIndex = at;
    const match = opens.exec(this.#text);
    const quote = quoteLetters.find((letter) => letter === match?.[2]);
    if (match === null || quote === undefined) return undefined;
    const start = at + match[0].length;
    const end = this.#endOf(quote, start);
    if (end === undefined) return undefined;
    const value = this.#text.slice(start, end);
    return { start, value: match[1] === "\\" ? value.replace(/\\$/u, "") : value };
  }

  #endOf(quote: Quote, from: number): number | undefined {
    const known = this.#known.get(quote);
    const end = known !== undefined && from >= known.from && from <= known.end ? known.end : this.#search(quote, from);
    this.#known.set(quote, { from, end });
    return this.#text[end] === quote ? end : undefined;
  }

  /** The position of the closing quote, or of the line's end where there is none. */
  #search(quote: Quote, from: number): number {
    for (let at = from; at < this.#text.length; at++) {
      const letter = this.#text[at];
      if (letter === quote || letter === "\n" || letter === "\r") return at;
      // An escaped quote closes nothing, unless the opening one was escaped as well: then the value ends before it.
      if (letter === "\\" && this.#text[at + 1] === quote && this.#text[from - 2] !== "\\") at++;
    }
    return this.#text.length;
  }
}
