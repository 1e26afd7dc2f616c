import { isWindows1252 } from "./detect-binary.ts";
import { sliceText } from "./slice-text.ts";

/** Which lines are wanted, 1-based; `end` is inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface TextWindow {
  /** The lines from the range's start on, in order, without their ends. Fewer than asked where the text ends or the size is reached. */
  readonly lines: readonly string[];
  /** How many lines the text has. `atLeast`: it goes on after what was counted. */
  readonly total: { readonly lines: number; readonly kind: "exact" | "atLeast" };
}

/** Encodings in which the byte 0x0a ends a line and is nothing else. */
export type BytewiseEncoding = "utf-8" | "windows-1252";

/** Thrown where the window holds bytes that are no text in the encoding; `encoding` is absent where they are none in any. */
export class NotTextError extends Error {
  override readonly name = "NotTextError";
  readonly encoding: BytewiseEncoding | undefined;

  constructor(message: string, encoding?: BytewiseEncoding) {
    super(message);
    this.encoding = encoding;
  }
}

/** Characters of a line that are shown; the rest is named by its size. */
export const LONGEST_LINE = 2000;
/** A UTF-8 character has 4 bytes at most. */
const KEPT_BYTES = LONGEST_LINE * 4;
/** Bytes that are read behind the window only to count the lines. */
const COUNTED_BYTES = 64 * 1024 * 1024;

/**
 * Takes a window of lines out of a text of any size, in memory that depends only on the window.
 * `size` limits the characters of all lines with their numbers; the first line is given in any case.
 */
export async function readTextWindow(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  range: LineRange,
  size: number,
  encoding: BytewiseEncoding = "utf-8",
): Promise<TextWindow> {
  const collector = new WindowCollector(range, size, encoding);
  for await (const chunk of chunks) {
    collector.push(chunk);
    if (collector.hasCountedEnough)
      return { lines: collector.lines, total: { lines: collector.line - 1, kind: "atLeast" } };
  }
  collector.finish();
  return { lines: collector.lines, total: { lines: collector.line - 1, kind: "exact" } };
}

class WindowCollector {
  readonly lines: string[] = [];
  /** Number of the line that is being read. */
  line = 1;
  readonly #range: LineRange;
  readonly #size: number;
  readonly #encoding: BytewiseEncoding;
  #used = 0;
  #full = false;
  #behind = 0;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #lineBytes = 0;

  constructor(range: LineRange, size: number, encoding: BytewiseEncoding) {
    this.#range = range;
    this.#size = size;
    this.#encoding = encoding;
  }

  get hasCountedEnough(): boolean {
    return this.#behind > COUNTED_BYTES;
  }

  push(chunk: Uint8Array): void {
    if (this.#isBehind) this.#behind += chunk.length;
    let from = 0;
    while (from < chunk.length) {
      const newline = chunk.indexOf(0x0a, from);
      const end = newline === -1 ? chunk.length : newline;
      this.#lineBytes += end - from;
      if (this.#isWanted) this.#keep(chunk.subarray(from, end));
      if (newline === -1) return;
      this.#endLine();
      from = newline + 1;
    }
  }

  /** The last line may have no end. */
  finish(): void {
    if (this.#lineBytes > 0) this.#endLine();
  }

  get #isWanted(): boolean {
    return !this.#full && this.line >= this.#range.start && this.line <= this.#range.end;
  }

  get #isBehind(): boolean {
    return this.#full || this.line > this.#range.end;
  }

  /** Copies, because the reader uses its buffer again. */
  #keep(bytes: Uint8Array): void {
    const piece = Buffer.from(bytes.subarray(0, KEPT_BYTES - this.#keptBytes));
    this.#keptBytes += piece.length;
    this.#kept.push(piece);
  }

  #endLine(): void {
    if (this.#isWanted) {
      this.#take(decodeLine(Buffer.concat(this.#kept), this.#lineBytes, this.line, this.#encoding));
    }
    this.line++;
    this.#kept = [];
    this.#keptBytes = 0;
    this.#lineBytes = 0;
  }

  #take(text: string): void {
    this.#used += text.length + String(this.line).length + 2;
    this.#full = this.#used > this.#size && this.lines.length > 0;
    if (!this.#full) this.lines.push(text);
  }
}

function decodeLine(kept: Buffer, bytes: number, line: number, encoding: BytewiseEncoding): string {
  if (kept.includes(0)) throw new NotTextError(`binary data (a NUL in line ${line})`);
  const text = decode(kept, bytes > kept.length, line, encoding).replace(/\r$/, "");
  if (text.length <= LONGEST_LINE && bytes === kept.length) return text;
  return `${sliceText(text, 0, LONGEST_LINE)} … (cut: this line has ${bytes.toLocaleString("en")} bytes)`;
}

function decode(bytes: Buffer, cut: boolean, line: number, encoding: BytewiseEncoding): string {
  if (encoding === "windows-1252" && !isWindows1252(bytes)) {
    throw new NotTextError(`data that is no text (line ${line})`, encoding);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    throw new NotTextError(`data that is not UTF-8 text (line ${line})`, encoding);
  }
}
