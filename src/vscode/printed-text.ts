import { TerminalText } from "../tools/terminal-text.ts";

/** Characters without white space that are looked in. */
const MOST_CHARACTERS = 2_000_000;

/** What a task has printed so far, for whether it said something: a terminal may have broken its lines anywhere. */
export class PrintedText {
  readonly #terminal = new TerminalText();
  #text = "";
  #isCut = false;

  push(text: string): void {
    this.#take(this.#terminal.push(text));
  }

  /** Nothing more comes. */
  finish(): void {
    this.#take(this.#terminal.finish());
  }

  /** Whether the first line of the message is in it; also true where more was printed than is looked in. */
  says(message: string): boolean {
    const [line = ""] = message.trim().split("\n");
    return this.#isCut || this.#text.includes(compact(line));
  }

  #take(text: string): void {
    const room = MOST_CHARACTERS - this.#text.length;
    const plain = compact(text);
    this.#isCut ||= plain.length > room;
    this.#text += plain.slice(0, room);
  }
}

function compact(text: string): string {
  return text.replace(/\s+/g, "");
}
