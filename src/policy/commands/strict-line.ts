import { t, text } from "../../protocol/localize.ts";
import { findHiddenCharacter } from "./hidden-characters.ts";
import type { CommandWord, Redirection, SimpleCommand } from "./simple-command.ts";

export type StrictLine =
  | { readonly kind: "strict"; readonly commands: readonly SimpleCommand[] }
  /** The first thing that the strict grammar does not know, in plain words, with its offset into the line. */
  | { readonly kind: "not-strict"; readonly reason: string; readonly position: number };

const blanks = /[ \t]+/y;
const operator = /&&|\|(?![|&])/y;
const redirection = /([12]?)(>)([ \t]*)(\/dev\/null)(?=[ \t|&]|$)|(2)(>&)()(1)(?=[ \t|&]|$)/y;
const singleQuoted = /'([^']*)'/y;
const doubleQuoted = /"([^"$`\\!]*)"/y;
/** A tilde is a home folder at the start of a word, and after `=` or `:`. */
const bare = /(?:[\p{L}\p{N}_./:=,@%+^-]|(?<=[\p{L}\p{N}_./,@%+^~-])~)+/uy;
/** Signs that mean something to a shell where a word begins: home folders, `=cmd` of zsh, history and globs. */
const notFirst = /[~=^]/;
/** Old shells of macOS take the bytes 0x85 and 0xA0 for blanks, also inside a letter. */
const blankBytes = [0x85, 0xa0];
const assignment = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;

/**
 * Reads a line by the strict grammar: words, single quotes, double quotes without `$`, backquote, backslash and `!`,
 * `|`, `&&`, output to /dev/null, and `2>&1`. A line that it reads means the same to every POSIX shell.
 */
export function readStrictLine(line: string): StrictLine {
  const lineBreak = line.search(/\r?\n/);
  if (lineBreak !== -1) return { kind: "not-strict", reason: t("it has several lines"), position: lineBreak };
  const hidden = findHiddenCharacter(line);
  if (hidden !== undefined) {
    return { kind: "not-strict", reason: t("it holds the character {0}", hidden.name), position: hidden.position };
  }
  const scanner = new StrictScanner(line);
  return scanner.read();
}

interface OpenCommand {
  readonly words: CommandWord[];
  readonly redirections: Redirection[];
  readonly isPipedInto: boolean;
  /** Where its tokens begin and end. */
  readonly spans: { readonly start: number; readonly end: number }[];
}

class StrictScanner {
  readonly #line: string;
  readonly #commands: SimpleCommand[] = [];
  #open: OpenCommand = { words: [], redirections: [], isPipedInto: false, spans: [] };
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  read(): StrictLine {
    this.#take(blanks);
    while (this.#at < this.#line.length) {
      const problem = this.#readOperator() ?? this.#readRedirection() ?? this.#readWord();
      if (problem !== "read") return { kind: "not-strict", reason: problem, position: this.#at };
      this.#take(blanks);
    }
    const problem = this.#close();
    if (problem !== undefined) return { kind: "not-strict", reason: problem, position: this.#line.length };
    return { kind: "strict", commands: this.#commands };
  }

  /** Undefined where there is no operator. */
  #readOperator(): string | undefined {
    const start = this.#at;
    const found = this.#take(operator);
    if (found === undefined) return undefined;
    const problem = this.#close();
    this.#open = { words: [], redirections: [], isPipedInto: found[0] === "|", spans: [] };
    if (problem === undefined) return "read";
    this.#at = start;
    return problem;
  }

  #readRedirection(): string | undefined {
    const start = this.#at;
    const found = this.#take(redirection);
    if (found === undefined) return undefined;
    const sign = found[2] ?? found[6] ?? "";
    const text = found[4] ?? found[8] ?? "";
    this.#open.redirections.push({ operator: sign, target: { text, position: this.#at - text.length } });
    this.#open.spans.push({ start, end: this.#at });
    return "read";
  }

  #readWord(): string {
    const start = this.#at;
    let text = "";
    for (;;) {
      const piece = this.#readPiece(start);
      if (piece === undefined) break;
      text += piece;
    }
    if (this.#at === start || !this.#isAtWordEnd()) return reasonFor(this.#line, this.#at);
    if (this.#open.words.length === 0 && assignment.test(text)) {
      this.#at = start;
      return t("it sets a variable");
    }
    this.#open.words.push({ text, position: start });
    this.#open.spans.push({ start, end: this.#at });
    return "read";
  }

  #readPiece(wordStart: number): string | undefined {
    const quoted = this.#take(singleQuoted) ?? this.#take(doubleQuoted);
    if (quoted !== undefined) return quoted[1] ?? "";
    if (this.#at === wordStart && notFirst.test(this.#line[this.#at] ?? "")) return undefined;
    const start = this.#at;
    const found = this.#take(bare)?.[0];
    if (found !== undefined && hasBlankByte(found)) {
      this.#at = start;
      return undefined;
    }
    return found;
  }

  #isAtWordEnd(): boolean {
    return this.#at === this.#line.length || /[ \t|&]/.test(this.#line[this.#at] ?? "");
  }

  /** The problem of the command that ends here. */
  #close(): string | undefined {
    const { words, redirections, isPipedInto, spans } = this.#open;
    const start = spans[0]?.start;
    const end = spans.at(-1)?.end;
    if (words.length === 0 || start === undefined || end === undefined) return t("a command is missing");
    this.#commands.push({ words, redirections, isPipedInto, isNested: false, start, end });
    return undefined;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#line);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }
}

function hasBlankByte(text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  return blankBytes.some((byte) => bytes.includes(byte));
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^\$\(|^`|^"[^"]*[$`]/, text("it substitutes the output of a command or a variable")],
  [/^\$/, text("it substitutes a variable")],
  [/^[<>]\(/, text("it substitutes the output of a command")],
  [/^[12]?>|^<|^\d+[<>]/, text("it redirects to or from a file")],
  [/^;/, text("it has several commands separated by ;")],
  [/^\|\|/, text("it has a command that runs if another fails")],
  [/^\|&/, text("it pipes errors")],
  [/^&/, text("it runs a command in the background or redirects with &")],
  [/^[*?[\]]/, text("it has a file pattern that the shell expands (quote it)")],
  [/^[{}()]/, text("it has a group or a brace expansion")],
  [/^\\/, text("it has a backslash outside quotes")],
  [/^!|^"[^"]*!/, text("it has an exclamation mark outside single quotes")],
  [/^"[^"]*\\/, text("it has a backslash in double quotes")],
  [/^["']/, text("a quote is not closed")],
  [/^#/, text("it has a comment sign outside quotes")],
  [/^~/, text("it names a home folder")],
];

function reasonFor(line: string, position: number): string {
  const rest = line.slice(position);
  const known = reasons.find(([pattern]) => pattern.test(rest));
  const [letter = ""] = rest;
  return known === undefined ? t("it has {0} outside quotes", JSON.stringify(letter)) : t(known[1]);
}
