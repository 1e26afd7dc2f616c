import { stripVTControlCharacters } from "node:util";

/** A line without an end is handed on in pieces of this many characters. */
const LONGEST_PIECE = 16_384;
/** An escape sequence that is still open after this many characters is none. */
const LONGEST_SEQUENCE = 4096;

/** OSC, DCS, SOS, PM and APC strings with their end: shell integration marks (OSC 633), titles, links. */
const CONTROL_STRINGS = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/g;
/** The beginning of a sequence whose end has not arrived. */
const OPEN_SEQUENCE = /\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)$/;
/** C0 and C1 controls other than tab, newline and carriage return; backspaces are resolved before. */
const OTHER_CONTROLS = /[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g;

/**
 * Makes plain lines of what a terminal was sent, chunk by chunk: escape sequences removed, text that a carriage return overwrote resolved.
 * Full-screen programs that move the cursor upwards come out as the text they printed.
 */
export class TerminalText {
  #open = "";

  /** The complete lines so far, each with its newline; what has none yet is kept. */
  push(chunk: string): string {
    const text = this.#open + chunk;
    const cut = text.lastIndexOf("\n") + 1;
    this.#open = text.slice(cut);
    const lines = cut === 0 ? "" : cleanLines(text.slice(0, cut));
    return this.#open.length > LONGEST_PIECE ? lines + this.#takePiece() : lines;
  }

  /** The end of the line that has no end yet. */
  get openLine(): string {
    return cleanLines(this.#open.slice(-LONGEST_SEQUENCE).replace(OPEN_SEQUENCE, ""));
  }

  /** The rest, for the end of the output. */
  finish(): string {
    const rest = this.#open;
    this.#open = "";
    return cleanLines(rest.replace(OPEN_SEQUENCE, ""));
  }

  #takePiece(): string {
    const sequence = OPEN_SEQUENCE.exec(this.#open.slice(-LONGEST_SEQUENCE));
    const kept = sequence === null ? 0 : sequence[0].length;
    const piece = this.#open.slice(0, this.#open.length - kept);
    this.#open = this.#open.slice(this.#open.length - kept);
    return cleanLines(piece);
  }
}

function cleanLines(text: string): string {
  const plain = stripVTControlCharacters(text.replace(CONTROL_STRINGS, ""));
  return plain.split("\n").map(cleanLine).join("\n");
}

function cleanLine(line: string): string {
  const printed = line.replace(/\r+$/, "");
  const overwritten = /[\r\b]/.test(printed) ? overwrite(printed) : printed;
  return overwritten.replace(OTHER_CONTROLS, "").replaceAll("\x1b", "");
}

/** As a terminal shows it: a carriage return goes to the line's beginning, a backspace one back, later characters cover earlier ones. */
function overwrite(line: string): string {
  const cells: string[] = [];
  let column = 0;
  for (const letter of line) {
    if (letter === "\r") column = 0;
    else if (letter === "\b") column = Math.max(0, column - 1);
    else cells[column++] = letter;
  }
  return cells.join("");
}
