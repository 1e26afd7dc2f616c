import type { ModelFamily } from "./model-family.ts";
import type { ContentBlock, ConverseRequest, DocumentBlock, ImageBlock, Message } from "./request-shape.ts";
import { type Violation, violation } from "./violation.ts";

/** 3.75 MB of image and 4.5 MB of document, both counted as base64. */
const maximumImageBase64 = 5 * 1024 * 1024;
const maximumDocumentBase64 = 6 * 1024 * 1024;
const maximumImages = 20;
const maximumDocuments = 5;
const maximumPixels = 8000;

/** Images and documents: role, number, size, format by content, names, the text that has to go with a document. */
export function mediaRules(request: ConverseRequest, _family: ModelFamily): readonly Violation[] {
  const messages = request.messages ?? [];
  return [...messages.flatMap(messageMedia), ...duplicateNames(messages)];
}

function messageMedia(message: Message, index: number): readonly Violation[] {
  const path = `messages.${index}`;
  const blocks = message.content.flatMap((block, position) => mediaOf(block, `${path}.content.${position}`));
  const images = blocks.filter(({ image }) => image !== undefined).length;
  const documents = blocks.filter(({ document }) => document !== undefined).length;
  const own = message.content.some(({ document }) => document !== undefined);
  const found: Violation[] = blocks.flatMap(({ image, document, path: at }) => [
    ...(image === undefined ? [] : imageRules(image, at)),
    ...(document === undefined ? [] : documentRules(document, at)),
  ]);
  if (message.role !== "user" && blocks.length > 0) {
    found.unshift(
      violation(
        "media-role",
        path,
        `The Message object at ${path} holds image or document content, which is supported only in messages of the user role.`,
      ),
    );
  }
  if (images > maximumImages) {
    found.push(violation("too-many-images", path, `too many images at ${path}: ${images} > ${maximumImages}`));
  }
  if (documents > maximumDocuments) {
    found.push(
      violation("too-many-documents", path, `too many documents at ${path}: ${documents} > ${maximumDocuments}`),
    );
  }
  if (own && !message.content.some(({ text }) => text !== undefined)) {
    found.push(
      violation(
        "document-without-text",
        path,
        `A text block is required in the Message object at ${path} when it has a document block.`,
      ),
    );
  }
  return found;
}

interface Media {
  readonly path: string;
  readonly image?: ImageBlock | undefined;
  readonly document?: DocumentBlock | undefined;
}

function mediaOf(block: ContentBlock, path: string): readonly Media[] {
  const own: readonly Media[] = [{ path, image: block.image, document: block.document }];
  const inResult = (block.toolResult?.content ?? []).map(
    ({ image, document }, index): Media => ({ path: `${path}.toolResult.content.${index}`, image, document }),
  );
  return [...own, ...inResult].filter(({ image, document }) => image !== undefined || document !== undefined);
}

function imageRules(image: ImageBlock, path: string): readonly Violation[] {
  const bytes = bytesOf(image.source.bytes);
  if (bytes === undefined) {
    return [];
  }
  const at = `${path}.image.source.base64`;
  const size = base64Length(bytes);
  if (size > maximumImageBase64) {
    return [
      violation("image-size", at, `${at}: image exceeds 5 MB maximum: ${size} bytes > ${maximumImageBase64} bytes`),
    ];
  }
  if (imageFormat(bytes) !== image.format) {
    return [violation("image-format", at, `${at}: Image does not match the provided media type image/${image.format}`)];
  }
  return image.format === "png" && Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) > maximumPixels
    ? [
        violation(
          "image-pixels",
          at,
          `${at}: At least one of the image dimensions exceed max allowed size: ${maximumPixels} pixels`,
        ),
      ]
    : [];
}

/** The format that the first bytes tell, `undefined` when none of the four. */
function imageFormat(bytes: Buffer): ImageBlock["format"] | undefined {
  if (bytes.length >= 24 && bytes.subarray(0, 8).toString("latin1") === "\x89PNG\r\n\x1a\n") {
    return "png";
  }
  if (bytes.subarray(0, 3).toString("hex") === "ffd8ff") {
    return "jpeg";
  }
  if (bytes.subarray(0, 4).toString("latin1") === "GIF8") {
    return "gif";
  }
  const riff =
    bytes.subarray(0, 4).toString("latin1") === "RIFF" && bytes.subarray(8, 12).toString("latin1") === "WEBP";
  return riff ? "webp" : undefined;
}

function documentRules(document: DocumentBlock, path: string): readonly Violation[] {
  const found: Violation[] = [];
  if (!/^[a-zA-Z0-9\s()[\]-]+$/u.test(document.name) || /\s{2}/u.test(document.name)) {
    found.push(
      violation(
        "document-name",
        `${path}.document.name`,
        "The file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.",
      ),
    );
  }
  const bytes = bytesOf(document.source.bytes);
  const size = bytes === undefined ? 0 : base64Length(bytes);
  if (size > maximumDocumentBase64) {
    found.push(
      violation(
        "document-size",
        `${path}.document`,
        `${path}.document.source.base64: document exceeds 4.5 MB maximum: ${size} bytes > ${maximumDocumentBase64} bytes`,
      ),
    );
  }
  return found;
}

function duplicateNames(messages: readonly Message[]): readonly Violation[] {
  const names = messages.flatMap(({ content }) => content.flatMap(({ document }) => document?.name ?? []));
  const repeated = [...new Set(names.filter((name, position) => names.indexOf(name) !== position))];
  return repeated.map((name) =>
    violation(
      "document-duplicate",
      "messages",
      `Duplicate document file name: ${name}. Document names must be unique within a request.`,
    ),
  );
}

function bytesOf(source: string | Uint8Array | undefined): Buffer | undefined {
  if (source === undefined) {
    return undefined;
  }
  return typeof source === "string" ? Buffer.from(source, "base64") : Buffer.from(source);
}

function base64Length(bytes: Buffer): number {
  return Math.ceil(bytes.length / 3) * 4;
}
