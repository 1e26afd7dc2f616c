import type { ContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { ThinkingSplitter } from "./thinking-splitter.ts";

/** A content block whose deltas are still coming. */
export type OpenBlock = ContentOfOpenBlock | OpenToolUse;

interface OpenToolUse {
  readonly kind: "tool";
  /** Unique in the session. */
  readonly id: string;
  readonly toolUseId: string;
  readonly name: string;
  json: string;
  /** The server runs it itself. */
  readonly server: boolean;
}

type ContentOfOpenBlock =
  | { readonly kind: "text"; text: string; readonly splitter: ThinkingSplitter | undefined }
  | { readonly kind: "reasoning"; text: string; signature: string | undefined }
  | { readonly kind: "redacted"; readonly bytes: Uint8Array[] };

/** The block as the history has it; none where it says nothing. `keepsBlank`: text stays even if it is blank. */
export function toContentBlocks(block: ContentOfOpenBlock, keepsBlank: boolean): readonly ContentBlock[] {
  switch (block.kind) {
    case "text":
      return block.text.trim() === "" && !keepsBlank ? [] : [{ text: block.text }];
    case "reasoning": {
      const { text, signature } = block;
      if (text === "" && signature === undefined) return [];
      return [{ reasoningContent: { reasoningText: signature === undefined ? { text } : { text, signature } } }];
    }
    case "redacted":
      return [{ reasoningContent: { redactedContent: joinBytes(block.bytes) } }];
  }
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
