import { ToolError } from "../agent/tool.ts";
import { detectBinary } from "./detect-binary.ts";

const BYTE_ORDER_MARK = "\ufeff";

export type LineEnding = "\n" | "\r\n";

/** A file's text and what has to stay as it is around it. */
export interface PlainText {
  /** Without the byte order mark, line ends as they are. */
  readonly text: string;
  readonly hasMark: boolean;
  /** The one that most lines have; `\n` where there is none. */
  readonly lineEnding: LineEnding;
}

/** Throws a `ToolError` with E_BINARY for what is not UTF-8 text. */
export function decodeText(bytes: Uint8Array, shown: string): PlainText {
  const type = detectBinary(bytes.subarray(0, 8192)) ?? (bytes.includes(0) ? "binary data" : undefined);
  if (type !== undefined) throw notText(shown, type, bytes.length);
  try {
    const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const hasMark = whole.startsWith(BYTE_ORDER_MARK);
    const text = hasMark ? whole.slice(1) : whole;
    return { text, hasMark, lineEnding: lineEndingOf(text) };
  } catch {
    throw notText(shown, "text in another encoding", bytes.length);
  }
}

export function encodeText(text: string, hasMark: boolean): Uint8Array {
  const marked = hasMark && !text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + text : text;
  return Buffer.from(marked, "utf8");
}

export function withLineEnding(text: string, lineEnding: LineEnding): string {
  return text.replace(/\r?\n/g, lineEnding);
}

function lineEndingOf(text: string): LineEnding {
  const windows = text.split("\r\n").length - 1;
  const all = text.split("\n").length - 1;
  return windows * 2 > all ? "\r\n" : "\n";
}

function notText(shown: string, type: string, size: number): ToolError {
  const bytes = size.toLocaleString("en");
  return new ToolError(
    `${shown} is ${type}, ${bytes} bytes. Only UTF-8 text can be changed; it was left as it is.`,
    "E_BINARY",
  );
}
