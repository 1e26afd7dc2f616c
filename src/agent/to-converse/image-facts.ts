import type { ImageFormat } from "@aws-sdk/client-bedrock-runtime";

/** What the bytes of an image say of themselves. */
export interface ImageFacts {
  readonly format: ImageFormat;
  /** In pixels; undefined where the header does not tell. */
  readonly size: ImageSize | undefined;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Reads the header of a PNG, JPEG, GIF or WebP image; undefined for anything else, whatever its name says. */
export function readImageFacts(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length >= 24 && ascii(0, 8) === "\x89PNG\r\n\x1a\n") {
    return { format: "png", size: { width: view.getUint32(16), height: view.getUint32(20) } };
  }
  if (bytes.length >= 10 && ascii(0, 4) === "GIF8") {
    return { format: "gif", size: { width: view.getUint16(6, true), height: view.getUint16(8, true) } };
  }
  if (bytes.length >= 16 && ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") {
    return { format: "webp", size: webpSize(bytes, view, ascii(12, 16)) };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return { format: "jpeg", size: jpegSize(bytes, view) };
  }
  return undefined;
}

/** The three kinds of a WebP bitstream (RFC 9649, section 2). */
function webpSize(bytes: Uint8Array, view: DataView, chunk: string): ImageSize | undefined {
  if (bytes.length < 30) return undefined;
  if (chunk === "VP8 ") {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  return chunk === "VP8X" ? { width: three(24) + 1, height: three(27) + 1 } : undefined;
}

/** Walks the segments of a JPEG up to its start of frame (ITU T.81, B.1.1). */
function jpegSize(bytes: Uint8Array, view: DataView): ImageSize | undefined {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
