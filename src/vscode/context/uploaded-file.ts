import { basename } from "node:path";
import { readImageFacts } from "../../agent/to-converse/image-facts.ts";
import { longestSide, mediaLimits } from "../../agent/to-converse/limit-media.ts";
import { ToolError } from "../../agent/tool.ts";
import { displayLanguage, formatNumber, t } from "../../protocol/localize.ts";
import type { GatheredContext } from "../../tools/context/read-context.ts";

/** Characters of a text that was dropped: as much as a tool would tell of a file. */
const mostText = 48_000;

/** What the page was given: an image, a PDF document or a text. Throws a `ToolError` that says why it cannot be sent. */
export function uploadedFile(name: string, data: string): GatheredContext {
  const bytes = new Uint8Array(Buffer.from(data, "base64"));
  const label = basename(name) || t("image");
  if (bytes.length === 0)
    throw new ToolError(t("It is empty, or too large to be sent: models take 3.75 MB of an image."));
  const facts = readImageFacts(bytes);
  if (facts !== undefined) {
    requireSize(label, bytes.length, mediaLimits.imageBytes);
    if (longestSide(facts) > mediaLimits.imagePixels) {
      const most = formatNumber(mediaLimits.imagePixels);
      throw new ToolError(t("The image is larger than {0} pixels on a side, which no model takes.", most));
    }
    const pixels = facts.size === undefined ? "" : `${facts.size.width}×${facts.size.height}, `;
    const media = { image: { format: facts.format, source: { bytes } } };
    return { kind: "image", label, detail: `${pixels}${sizeText(bytes.length)}`, text: "", language: "", media };
  }
  if (Buffer.from(bytes.subarray(0, 5)).equals(Buffer.from("%PDF-"))) {
    requireSize(label, bytes.length, mediaLimits.documentBytes);
    const document = { format: "pdf", name: label.replace(/\.pdf$/iu, ""), source: { bytes } } as const;
    return { kind: "document", label, detail: sizeText(bytes.length), text: "", language: "", media: { document } };
  }
  return { kind: "file", label, detail: sizeText(bytes.length), text: textOf(bytes), language: "" };
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) {
      return text.length > mostText ? `${text.slice(0, mostText)}\n… (the file goes on)` : text;
    }
  } catch {
    // Said below.
  }
  throw new ToolError(t("It is neither a text nor an image (PNG, JPEG, GIF, WebP) or PDF document."));
}

function requireSize(label: string, size: number, most: number): void {
  if (size <= most) return;
  throw new ToolError(t("{0} has {1}; models take {2} at most.", label, sizeText(size), sizeText(most)));
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return t("{0} bytes", formatNumber(bytes));
  const kilobytes = bytes / 1024;
  return kilobytes < 1024
    ? t("{0} KB", formatNumber(Math.round(kilobytes)))
    : t("{0} MB", new Intl.NumberFormat(displayLanguage(), { maximumFractionDigits: 2 }).format(kilobytes / 1024));
}
