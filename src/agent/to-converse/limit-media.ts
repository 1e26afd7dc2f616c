import type {
  ContentBlock,
  DocumentBlock,
  ImageBlock,
  Message,
  ToolResultContentBlock,
} from "@aws-sdk/client-bedrock-runtime";
import type { Capabilities, MediaPlaces } from "../capabilities.ts";
import { wellFormed } from "../well-formed.ts";
import { type ImageFacts, readImageFacts } from "./image-facts.ts";

/** Converse's limits (doc comments of `@aws-sdk/client-bedrock-runtime` 3.1162); sizes are those of the raw bytes. */
const mostImages = 20;
const mostDocuments = 5;
export const mediaLimits = {
  imageBytes: 3.75 * 1024 * 1024,
  /** Of the longer side. */
  imagePixels: 8_000,
  documentBytes: 4.5 * 1024 * 1024,
} as const;

type Media = { readonly image: ImageBlock } | { readonly document: DocumentBlock };
type Place = "message" | "result";

/** Images and documents that the model or Converse would refuse become a note that says what is missing and why. */
export function limitMedia(messages: readonly Message[], capabilities: Capabilities): Message[] {
  const names = new Set<string>();
  return messages.map(({ role, content = [] }) => {
    const counter = new MediaCounter(capabilities, names);
    const limited = content.map((block): ContentBlock => {
      const media = mediaOf(block);
      if (media !== undefined) return toBlock(counter.take(media, "message"));
      if (block.toolResult === undefined) return block;
      const results = (block.toolResult.content ?? []).map((part): ToolResultContentBlock => {
        const inResult = mediaOf(part);
        return inResult === undefined ? part : toBlock(counter.take(inResult, "result"));
      });
      return { toolResult: { ...block.toolResult, content: results } };
    });
    const needsText = limited.some(({ document }) => document !== undefined) && !limited.some(({ text }) => text);
    return { role, content: needsText ? [...limited, { text: "The document is attached." }] : limited };
  });
}

function mediaOf({ image, document }: ContentBlock | ToolResultContentBlock): Media | undefined {
  if (image !== undefined) return { image };
  return document === undefined ? undefined : { document };
}

/** The counts hold per message, names of documents per request. */
class MediaCounter {
  readonly #capabilities: Capabilities;
  readonly #names: Set<string>;
  #images = 0;
  #documents = 0;

  constructor(capabilities: Capabilities, names: Set<string>) {
    this.#capabilities = capabilities;
    this.#names = names;
  }

  /** The medium as it may be sent, or the note in its place. */
  take(media: Media, place: Place): Media | string {
    return "image" in media ? this.#image(media.image, place) : this.#document(media.document, place);
  }

  #image(image: ImageBlock, place: Place): Media | string {
    if (!isTaken(this.#capabilities.images, place)) return "[Image left out: this model takes none here.]";
    const bytes = image.source?.bytes;
    if (bytes === undefined && image.source?.s3Location !== undefined) return this.#counted(image);
    const facts = bytes instanceof Uint8Array ? readImageFacts(bytes) : undefined;
    if (bytes === undefined || facts === undefined) return "[Image left out: it is no PNG, JPEG, GIF or WebP image.]";
    if (bytes.length > mediaLimits.imageBytes) return "[Image left out: it is larger than 3.75 MB.]";
    if (longestSide(facts) > mediaLimits.imagePixels) return "[Image left out: a side is longer than 8000 pixels.]";
    return this.#counted({ format: facts.format, source: { bytes } });
  }

  #counted(image: ImageBlock): Media | string {
    this.#images++;
    return this.#images > mostImages ? "[Image left out: a message holds 20 at most.]" : { image };
  }

  #document(document: DocumentBlock, place: Place): Media | string {
    const name = this.#uniqueName(document.name ?? "");
    const leftOut = (why: string): string => `[Document "${name}" left out: ${why}]`;
    if (!isTaken(this.#capabilities.documents, place)) return leftOut("this model takes none here.");
    const { source } = document;
    if (source?.bytes !== undefined && !(source.bytes instanceof Uint8Array)) return leftOut("its bytes are lost.");
    const size = source?.bytes?.length ?? new TextEncoder().encode(source?.text ?? "").length;
    if (source === undefined || (size === 0 && source.s3Location === undefined && source.content === undefined))
      return leftOut("it is empty.");
    if (size > mediaLimits.documentBytes) return leftOut("it is larger than 4.5 MB.");
    this.#documents++;
    if (this.#documents > mostDocuments) return leftOut("a message holds 5 at most.");
    this.#names.add(name);
    const sent = source.text === undefined ? source : { text: wellFormed(source.text) };
    return { document: { ...document, name, source: sent } };
  }

  /** Letters, digits, single spaces, hyphens, parentheses and brackets, as Converse wants it; 200 at most. */
  #uniqueName(given: string): string {
    const cleaned = given.replace(/[^a-zA-Z0-9\s()[\]-]+/gu, "-").replace(/\s+/gu, " ");
    const name = cleaned.trim().slice(0, 190) || "document";
    for (let count = 1; ; count++) {
      const candidate = count === 1 ? name : `${name} (${count})`;
      if (!this.#names.has(candidate)) return candidate;
    }
  }
}

/** 0 where the header does not tell. */
export function longestSide({ size }: ImageFacts): number {
  return size === undefined ? 0 : Math.max(size.width, size.height);
}

function isTaken(places: MediaPlaces, place: Place): boolean {
  return places === "user-and-results" || (places === "user" && place === "message");
}

function toBlock(taken: Media | string): Media | { readonly text: string } {
  return typeof taken === "string" ? { text: taken } : taken;
}
