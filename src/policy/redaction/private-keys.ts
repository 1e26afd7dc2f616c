import type { SecretSpan } from "./secret-span.ts";

const kind = "private-key";
const begin = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10} ?-{4,5}|^Private-Lines: \d{1,3}/u;
const end = /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10} ?-{4,5}/u;
const header = /^(?:[A-Z][\w-]{2,30}: ?.{0,200}|)$/u;
/** What stands around the key where it is quoted, commented, numbered or part of a diff. */
const decoration = /^(?:[ \t]*\d{1,7}[ \t]?[:|→\t])?[\s+\->|*#"'`]*/u;
const trailer = /(?:\\[rn])*["'`\s,;+\\]*$/u;
const body = /^[A-Za-z0-9+/]{1,1024}={0,2}$/u;
const fullLine = 32;

interface Line {
  readonly start: number;
  readonly text: string;
}

/**
 * The lines of private keys (PEM, OpenSSH, PGP, PuTTY): each line is a secret of its own, so that the block keeps its
 * lines; the lines that name it stay. Also where a block is cut off at its end, or has lost its beginning.
 */
export function findPrivateKeys(text: string): readonly SecretSpan[] {
  if (!text.includes("PRIVATE KEY") && !text.includes("Private-Lines: ")) return [];
  const keys = new KeyLines();
  for (const line of linesOf(text)) keys.read(line);
  return keys.spans;
}

class KeyLines {
  readonly spans: SecretSpan[] = [];
  /** Lines of base64 of which it is not known yet whether a key ends with them. */
  #loose: readonly SecretSpan[] = [];
  #inside = false;

  read(line: Line): void {
    const begins = begin.exec(line.text);
    const ends = end.exec(line.text);
    if (begins === null && ends === null) {
      this.#readBody(line);
      return;
    }
    if (begins === null && !this.#inside) this.spans.push(...this.#loose);
    const from = begins === null ? 0 : begins.index + begins[0].length;
    this.spans.push(...inlineKey(line, from, ends?.index ?? line.text.length));
    this.#inside = ends === null;
    this.#loose = [];
  }

  #readBody(line: Line): void {
    const found = keyLine(line);
    if (this.#inside && found !== undefined) this.spans.push(found);
    else if (this.#inside) this.#inside = isHeader(line);
    this.#loose = this.#inside || found === undefined ? [] : [...this.#loose.slice(-mostLines), found];
  }
}

/** No key has more lines. */
const mostLines = 400;

function isHeader({ text }: Line): boolean {
  return header.test(text.replace(decoration, "").trimEnd());
}

function keyLine({ start, text }: Line): SecretSpan | undefined {
  const lead = decoration.exec(text)?.[0].length ?? 0;
  const bare = text.slice(lead).replace(trailer, "");
  return body.test(bare) ? { start: start + lead, end: start + lead + bare.length, kind } : undefined;
}

/** A key within one line, its breaks escaped: `"-----BEGIN … KEY-----\nMIIE…\n-----END …"`. */
function inlineKey({ start, text }: Line, from: number, to: number): readonly SecretSpan[] {
  const between = text.slice(from, to);
  const first = between.search(/(?<!\\)[A-Za-z0-9+/]{16}/u);
  if (first === -1) return [];
  const value = between.slice(first).replace(trailer, "");
  return [{ start: start + from + first, end: start + from + first + value.length, kind }];
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline === -1 ? text.length : newline;
    yield { start, text: text.slice(start, next).replace(/\r$/u, "") };
    start = next + 1;
  }
}

/**
 * Where the text ends within what could be a private key: the offset of its first line. For a stream, which cannot
 * judge these lines before the next ones are there.
 */
export function openKeyStart(text: string): number | undefined {
  let open: number | undefined;
  let inside = false;
  for (const line of linesOf(text)) {
    if (line.start === text.length) break;
    if (begin.test(line.text)) {
      inside = !end.test(line.text);
      open = inside ? line.start : undefined;
    } else if (end.test(line.text)) {
      inside = false;
      open = undefined;
    } else if (!isKeyPart(line, inside)) {
      inside = false;
      open = undefined;
    } else open ??= line.start;
  }
  return open;
}

function isKeyPart(line: Line, inside: boolean): boolean {
  const found = keyLine(line);
  if (found !== undefined) return inside || found.end - found.start >= fullLine;
  return inside && isHeader(line);
}
