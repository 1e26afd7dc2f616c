import type { FileHandle } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { ImageFormat } from "@aws-sdk/client-bedrock-runtime";
import { readImageFacts } from "../../agent/to-converse/image-facts.ts";
import { longestSide, mediaLimits } from "../../agent/to-converse/limit-media.ts";
import { ToolError, type ToolSuccess } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";
import type { OpenedFile } from "../open-text-file.ts";
import type { ResolvedPath } from "../resolve-path.ts";

const imageNames: Readonly<Record<ImageFormat, string>> = { png: "PNG", jpeg: "JPEG", gif: "GIF", webp: "WebP" };

/**
 * An image or a PDF document as a block of the result; undefined for anything else. For a model that takes none, a note
 * stands in its place when the request is made (`agent/to-converse`). Throws a `ToolError` with E_TOO_LARGE.
 */
export async function readMedia(file: ResolvedPath, opened: OpenedFile): Promise<ToolSuccess | undefined> {
  const { head, handle, size } = opened;
  if (readImageFacts(head) !== undefined) {
    requireSize(file, size, mediaLimits.imageBytes, "images");
    return describeImage(file, await wholeOf(handle, size));
  }
  if (!Buffer.from(head.subarray(0, 5)).equals(Buffer.from("%PDF-"))) return undefined;
  requireSize(file, size, mediaLimits.documentBytes, "documents");
  const what = `PDF document, ${sizeText(size)}`;
  const name = basename(file.path, extname(file.path));
  const document = { format: "pdf", name, source: { bytes: await wholeOf(handle, size) } } as const;
  return {
    content: [{ text: `${file.shown} (${what})` }, { document }],
    title: t("Read {0}, PDF document, {1}", file.shown, sizeText(size)),
  };
}

function describeImage(file: ResolvedPath, bytes: Uint8Array): ToolSuccess {
  const facts = readImageFacts(bytes);
  if (facts === undefined) throw new ToolError(`${file.shown} changed while it was read. Read it again.`, "E_STALE");
  if (longestSide(facts) > mediaLimits.imagePixels) {
    const most = mediaLimits.imagePixels.toLocaleString("en");
    throw new ToolError(`${file.shown} is ${pixels(facts)} pixels; ${most} are the most on a side.`, "E_TOO_LARGE");
  }
  const dimensions = facts.size === undefined ? "" : `${pixels(facts)}, `;
  const what = `${imageNames[facts.format]} image, ${dimensions}${sizeText(bytes.length)}`;
  const image = { format: facts.format, source: { bytes } };
  const title = t(
    "Read {0}, {1} image, {2}",
    file.shown,
    imageNames[facts.format],
    `${dimensions}${sizeText(bytes.length)}`,
  );
  return { content: [{ text: `${file.shown} (${what})` }, { image }], title };
}

function pixels({ size }: { readonly size: { readonly width: number; readonly height: number } | undefined }): string {
  return size === undefined ? "" : `${size.width}×${size.height}`;
}

function requireSize(file: ResolvedPath, size: number, most: number, what: string): void {
  if (size <= most) return;
  const [has, limit] = [size, most].map((bytes) => bytes.toLocaleString("en"));
  throw new ToolError(`${file.shown} has ${has} bytes; models take ${what} of at most ${limit} bytes.`, "E_TOO_LARGE");
}

/** A plain `Uint8Array`: a `Buffer` turns itself into a list of numbers in JSON. */
async function wholeOf(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let read = 0;
  while (read < size) {
    const { bytesRead } = await handle.read(bytes, read, size - read, read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
