/** How many bytes of a file's beginning decide whether it is text. */
export const SNIFFED_BYTES = 8192;

/** First bytes, as Latin-1 text, of formats that are worth naming. */
const SIGNATURES: readonly (readonly [signature: string, type: string])[] = [
  ["\x89PNG\r\n\x1a\n", "a PNG image"],
  ["\xff\xd8\xff", "a JPEG image"],
  ["GIF87a", "a GIF image"],
  ["GIF89a", "a GIF image"],
  ["%PDF-", "a PDF document"],
  ["PK\x03\x04", "a ZIP archive (or a document in one)"],
  ["\x1f\x8b", "gzip-compressed data"],
  ["\xfd7zXZ\0", "xz-compressed data"],
  ["\x28\xb5\x2f\xfd", "zstd-compressed data"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive"],
  ["\x7fELF", "an ELF program"],
  ["\xcf\xfa\xed\xfe", "a Mach-O program"],
  ["\xca\xfe\xba\xbe", "a Java class or a Mach-O program"],
  ["\0asm", "a WebAssembly module"],
  ["SQLite format 3\0", "an SQLite database"],
  ["wOFF", "a font"],
  ["wOF2", "a font"],
  ["OggS", "an Ogg media file"],
  ["\xef\xbb\xbf\0", "binary data"],
  ["\xff\xfe\0\0", "UTF-32 text"],
  ["\0\0\xfe\xff", "UTF-32 text"],
  ["\xff\xfe", "UTF-16 text (little-endian)"],
  ["\xfe\xff", "UTF-16 text (big-endian)"],
];
/** Signatures made of letters that text may begin with as well; they count only beside a NUL. */
const SIGNATURES_BESIDE_NUL: typeof SIGNATURES = [
  ["BZh", "bzip2-compressed data"],
  ["MZ", "a Windows program"],
  ["RIFF", "a RIFF media file"],
  ["ID3", "an MP3 file"],
  ["BM", "a bitmap image"],
];

/** What a file that begins with these bytes is when it is no text, with its article; undefined = UTF-8 or windows-1252 text as far as seen. */
export function detectBinary(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 32)).toString("latin1");
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known !== undefined) return known[1];
  if (head.includes(0)) {
    const named = [...SIGNATURES, ...SIGNATURES_BESIDE_NUL].find(([signature]) => start.startsWith(signature));
    if (start.slice(4, 8) === "ftyp") return "a media file (MP4 family)";
    return named?.[1] ?? "binary data";
  }
  return isUtf8(head) || isWindows1252(head) ? undefined : "data that is no text";
}

/** Controls that text does not have, and the five bytes that stand for nothing: encoding.spec.whatwg.org, index windows-1252. */
const NOT_WINDOWS_1252 = /[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f\x81\x8d\x8f\x90\x9d]/;

/** Whether the bytes can plainly be text in windows-1252, of which Latin-1 is a part. */
export function isWindows1252(bytes: Uint8Array): boolean {
  return !NOT_WINDOWS_1252.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"));
}

/** Whether the bytes are UTF-8 text; the last character may be cut short. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
