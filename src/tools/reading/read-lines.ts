import type { FileHandle } from "node:fs/promises";
import { RESULT_SIZE } from "../result-size.ts";
import { nameOfEncoding, type TextEncoding, utf16ByMark } from "../text-encoding.ts";
import { type LineRange, NotTextError, readTextWindow, type TextWindow } from "../text-window.ts";

/** What first lines and notes may take of the result. */
const FRAME_SIZE = 6000;
const CHUNK_BYTES = 256 * 1024;
/** Secrets are looked for in whole files, since a range may cut one in two; in larger ones only in what is handed on. */
const MASKED_BYTES = 4_000_000;

export interface ReadLines {
  /** One for each range, in order. */
  readonly windows: readonly TextWindow[];
  /** Said behind the counts: how the text was decoded; empty for UTF-8. */
  readonly note: string;
}

export interface LinesWanted {
  readonly ranges: readonly LineRange[];
  /** A whole text with its secrets masked, line for line. */
  readonly mask: (text: string) => string;
}

/** Lines of a text that is at hand. */
export async function linesOfText(text: string, { ranges, mask }: LinesWanted): Promise<readonly TextWindow[]> {
  const bytes = Buffer.from(mask(text));
  return readWindows(ranges, (range, size) => readTextWindow([bytes], range, size));
}

/**
 * Lines of an open file, in memory that depends only on them. What is no UTF-8 is read once more as windows-1252: the first
 * byte that tells may lie behind the file's beginning. Throws a `NotTextError`.
 */
export async function linesOfFile(
  handle: FileHandle,
  head: Uint8Array,
  wanted: LinesWanted,
  signal: AbortSignal,
): Promise<ReadLines> {
  const read = async (encoding: TextEncoding): Promise<ReadLines> => {
    const windows = await readWindows(wanted.ranges, (range, size) => windowOf(handle, encoding, range, size, signal));
    const masked = await maskedText(handle, encoding, wanted.mask);
    const note = noteOf(encoding);
    return masked === undefined
      ? { windows, note }
      : { windows: await linesOfText(masked, { ...wanted, mask: (text) => text }), note };
  };
  return read(utf16ByMark(head) ?? "utf-8").catch((error: unknown) => {
    if (error instanceof NotTextError && error.encoding === "utf-8") return read("windows-1252");
    throw error;
  });
}

/** Each range gets what those before it left of one result. */
async function readWindows(
  ranges: readonly LineRange[],
  read: (range: LineRange, size: number) => Promise<TextWindow>,
): Promise<readonly TextWindow[]> {
  const windows: TextWindow[] = [];
  let size = RESULT_SIZE - FRAME_SIZE;
  for (const range of ranges) {
    const window = await read(range, Math.max(0, size));
    for (const line of window.lines) size -= line.length + String(range.end).length + 2;
    windows.push(window);
  }
  return windows;
}

async function windowOf(
  handle: FileHandle,
  encoding: TextEncoding,
  range: LineRange,
  size: number,
  signal: AbortSignal,
): Promise<TextWindow> {
  const chunks = chunksOf(handle, signal);
  if (encoding === "utf-8" || encoding === "windows-1252") return readTextWindow(chunks, range, size, encoding);
  return readTextWindow(asUtf8(chunks, encoding), range, size);
}

/** A newline of UTF-16 has two bytes, so that lines are looked for in its UTF-8. */
async function* asUtf8(chunks: AsyncIterable<Uint8Array>, encoding: "utf-16le" | "utf-16be") {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new NotTextError("data that is no whole UTF-16 text");
    throw error;
  }
}

/** The whole text where a secret was masked in it. */
async function maskedText(
  handle: FileHandle,
  encoding: TextEncoding,
  mask: (text: string) => string,
): Promise<string | undefined> {
  const { size } = await handle.stat();
  if (size > MASKED_BYTES) return undefined;
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await handle.read(bytes, 0, size, 0);
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, bytesRead));
  const masked = mask(text);
  return masked === text ? undefined : masked;
}

async function* chunksOf(handle: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function noteOf(encoding: TextEncoding): string {
  if (encoding === "utf-8") return "";
  return encoding === "windows-1252" ? ", not UTF-8: read as windows-1252" : `, ${nameOfEncoding(encoding)}`;
}
