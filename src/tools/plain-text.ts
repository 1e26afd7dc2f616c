import { ToolError } from "../agent/tool.ts";
import { detectBinary, isWindows1252, SNIFFED_BYTES } from "./detect-binary.ts";
import { encodeAs, nameOfEncoding, type TextEncoding, utf16ByMark } from "./text-encoding.ts";

const BYTE_ORDER_MARK = "\ufeff";

export type LineEnding = "\n" | "\r\n";

/** How a text lies in its file. */
export interface TextForm {
  readonly encoding: TextEncoding;
  readonly hasMark: boolean;
}

/** A file's text and what has to stay as it is around it. */
export interface PlainText extends TextForm {
  /** Without the byte order mark, line ends as they are. */
  readonly text: string;
  /** The one that most lines have; `\n` where there is none. */
  readonly lineEnding: LineEnding;
}

/** Throws a `ToolError` with E_BINARY for what is no UTF-8, windows-1252 or marked UTF-16 text. */
export function decodeText(bytes: Uint8Array, shown: string): PlainText {
  const utf16 = utf16ByMark(bytes);
  if (utf16 !== undefined) return decodeAs(utf16, bytes) ?? refuse(shown, "no whole UTF-16 text", bytes.length);
  const type = detectBinary(bytes.subarray(0, SNIFFED_BYTES)) ?? (bytes.includes(0) ? "binary data" : undefined);
  if (type !== undefined) throw notText(shown, type, bytes.length);
  const utf8 = decodeAs("utf-8", bytes);
  if (utf8 !== undefined) return utf8;
  const latin = isWindows1252(bytes) ? decodeAs("windows-1252", bytes) : undefined;
  return latin ?? refuse(shown, "text in another encoding", bytes.length);
}

/** Throws a `ToolError` where the encoding has no such character. */
export function encodeText(text: string, { encoding, hasMark }: TextForm, shown: string): Uint8Array {
  const marked = hasMark && !text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + text : text;
  const encoded = encodeAs(marked, encoding);
  if (encoded.kind === "bytes") return encoded.bytes;
  throw new ToolError(
    `${shown} is ${nameOfEncoding(encoding)} text, which has no ${JSON.stringify(encoded.character)}. Nothing was changed; use other characters, or ask the user to save the file as UTF-8.`,
  );
}

export function withLineEnding(text: string, lineEnding: LineEnding): string {
  return text.replace(/\r?\n/g, lineEnding);
}

/** Undefined where the bytes are no text in the encoding, so that they would not come back as they were. */
function decodeAs(encoding: TextEncoding, bytes: Uint8Array): PlainText | undefined {
  try {
    const whole = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    if (whole.includes("\0")) return undefined;
    const hasMark = whole.startsWith(BYTE_ORDER_MARK);
    const text = hasMark ? whole.slice(1) : whole;
    return { text, hasMark, encoding, lineEnding: lineEndingOf(text) };
  } catch {
    return undefined;
  }
}

function lineEndingOf(text: string): LineEnding {
  const windows = text.split("\r\n").length - 1;
  const all = text.split("\n").length - 1;
  return windows * 2 > all ? "\r\n" : "\n";
}

function refuse(shown: string, type: string, size: number): never {
  throw notText(shown, type, size);
}

function notText(shown: string, type: string, size: number): ToolError {
  const bytes = size.toLocaleString("en");
  return new ToolError(
    `${shown} is ${type}, ${bytes} bytes. Only UTF-8, UTF-16 and windows-1252 text can be changed; it was left as it is.`,
    "E_BINARY",
  );
}
