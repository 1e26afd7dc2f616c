/** Encodings of text files that tools read and write. UTF-16 is known by its byte order mark alone. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** UTF-16 by the mark at a file's beginning; undefined for everything else, UTF-32 included. */
export function utf16ByMark(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xff && second === 0xfe && !(third === 0 && fourth === 0) ? "utf-16le" : undefined;
}

/** For people: UTF-16 (little-endian). */
export function nameOfEncoding(encoding: TextEncoding): string {
  switch (encoding) {
    case "utf-8":
      return "UTF-8";
    case "utf-16le":
      return "UTF-16 (little-endian)";
    case "utf-16be":
      return "UTF-16 (big-endian)";
    case "windows-1252":
      return "windows-1252 (Latin-1)";
  }
}

/** The bytes of a text, or the first character that the encoding does not have. */
export function encodeAs(
  text: string,
  encoding: TextEncoding,
): { readonly kind: "bytes"; readonly bytes: Uint8Array } | { readonly kind: "missing"; readonly character: string } {
  switch (encoding) {
    case "utf-8":
      return { kind: "bytes", bytes: Buffer.from(text, "utf8") };
    case "utf-16le":
      return { kind: "bytes", bytes: Buffer.from(text, "utf16le") };
    case "utf-16be":
      return { kind: "bytes", bytes: Buffer.from(text, "utf16le").swap16() };
    case "windows-1252":
      return toWindows1252(text);
  }
}

/** By the decoder's own table, so that what was read is written as it was. */
function toWindows1252(text: string): ReturnType<typeof encodeAs> {
  const decoder = new TextDecoder("windows-1252");
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]));
  const bytes: number[] = [];
  for (const character of text) {
    const code = codes.get(character);
    if (code === undefined) return { kind: "missing", character };
    bytes.push(code);
  }
  return { kind: "bytes", bytes: Uint8Array.from(bytes) };
}
