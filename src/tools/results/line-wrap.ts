import { sliceText } from "../slice-text.ts";
import { LONGEST_LINE } from "../text-window.ts";

/** Breaks lines that are longer than read_file shows, so that ranges of lines reach all of a text. The text may come in pieces. */
export class LineWrap {
  #column = 0;

  push(text: string): string {
    const [first = "", ...others] = text.split("\n");
    const wrapped = [this.#wrap(first)];
    for (const line of others) {
      this.#column = 0;
      wrapped.push(this.#wrap(line));
    }
    return wrapped.join("\n");
  }

  #wrap(line: string): string {
    const pieces: string[] = [];
    let from = 0;
    while (this.#column + line.length - from > LONGEST_LINE) {
      const piece = sliceText(line, from, from + LONGEST_LINE - this.#column);
      pieces.push(piece);
      from += piece.length;
      this.#column = 0;
    }
    this.#column += line.length - from;
    return [...pieces, line.slice(from)].join("\n");
  }
}
