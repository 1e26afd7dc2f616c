import type {
  ContentBlock,
  ContentBlockDelta,
  ContentBlockStart,
  ReasoningContentBlockDelta,
} from "@aws-sdk/client-bedrock-runtime";
import { toToolName, toToolUseId } from "./converse-names.ts";
import { parseToolInput, type ToolInput } from "./tool-input.ts";

/** A `toolUse` block as the stream gave it. */
export interface AssembledToolUse {
  /** Unique in the session, even where the model repeats a `toolUseId`. */
  readonly id: string;
  /** As the history has it: one that Converse takes back, unique in its message. */
  readonly toolUseId: string;
  readonly name: string;
  readonly input: ToolInput;
}

export interface AssembledMessage {
  /** In `contentBlockIndex` order, such that Converse takes it back. */
  readonly content: readonly ContentBlock[];
  readonly toolUses: readonly AssembledToolUse[];
}

type OpenBlock =
  | { kind: "text"; text: string }
  | { kind: "reasoning"; text: string; signature: string | undefined }
  | { kind: "redacted"; bytes: Uint8Array[] }
  | { kind: "tool"; id: string; toolUseId: string; name: string; json: string; server: boolean };

/** What a delta adds, for the screen. */
export type AssembledDelta =
  | { readonly kind: "text"; readonly block: number; readonly text: string }
  | { readonly kind: "reasoning"; readonly block: number; readonly text: string }
  | { readonly kind: "tool-input"; readonly id: string; readonly fragment: string }
  | { readonly kind: "nothing" };

const nothing: AssembledDelta = { kind: "nothing" };

/**
 * Puts the content blocks of one assistant message together. Bedrock opens text and reasoning blocks without a
 * `contentBlockStart`, gateways with an empty one: a block's kind is settled by its first delta, unless it is a tool's.
 */
export class MessageAssembler {
  readonly #blocks = new Map<number, OpenBlock>();
  readonly #closed = new Set<number>();
  readonly #uniqueId: (toolUseId: string) => string;
  #lastIndex = 0;

  constructor(uniqueId: (toolUseId: string) => string) {
    this.#uniqueId = uniqueId;
  }

  /** Opens a block; answers with the tool call that it began, if it is one of the client's. */
  start(index: number | undefined, start: ContentBlockStart | undefined): { id: string; name: string } | undefined {
    if (index === undefined && this.#blocks.has(this.#lastIndex)) this.#lastIndex = this.#nextIndex();
    const at = this.#resolve(index);
    const toolUse = start?.toolUse;
    if (toolUse?.toolUseId === undefined || toolUse.name === undefined || this.#blocks.has(at)) return undefined;
    const { name } = toolUse;
    const server = toolUse.type === "server_tool_use";
    const given = toToolUseId(toolUse.toolUseId);
    const id = server ? given : this.#uniqueId(given);
    const toolUseId = this.#hasToolUse(given) ? toToolUseId(id) : given;
    this.#blocks.set(at, { kind: "tool", id, toolUseId, name, json: "", server });
    return server ? undefined : { id, name };
  }

  delta(index: number | undefined, delta: ContentBlockDelta | undefined): AssembledDelta {
    if (index === undefined && this.#closed.has(this.#lastIndex)) this.#lastIndex = this.#nextIndex();
    const at = this.#resolve(index);
    if (delta === undefined || this.#closed.has(at)) return nothing;
    if (delta.text !== undefined) return this.#text(at, delta.text);
    if (delta.reasoningContent !== undefined) return this.#reasoning(at, delta.reasoningContent);
    if (delta.toolUse !== undefined) return this.#toolInput(at, delta.toolUse.input ?? "");
    return nothing;
  }

  stop(index: number | undefined): void {
    this.#closed.add(this.#resolve(index));
  }

  /** The whole message. Only to be asked for after `messageStop`. */
  finish(): AssembledMessage {
    const content: ContentBlock[] = [];
    const toolUses: AssembledToolUse[] = [];
    const blocks = this.#ordered();
    // A message with signed reasoning has to come back block for block.
    const keepsBlank = blocks.some((block) => block.kind === "reasoning" && block.signature !== undefined);
    for (const block of blocks) {
      if (block.kind !== "tool") {
        content.push(...toContentBlocks(block, keepsBlank));
        continue;
      }
      const { id, toolUseId, name, server } = block;
      const input = parseToolInput(block.json);
      const value = input.kind === "object" ? input.value : {};
      content.push({
        toolUse: { toolUseId, name: toToolName(name), input: value, ...(server && { type: "server_tool_use" }) },
      });
      if (!server) toolUses.push({ id, toolUseId, name, input });
    }
    return { content, toolUses };
  }

  /** What of an unfinished message may stay in the history: its text. Half tool calls and reasoning do not. */
  finishedText(): readonly ContentBlock[] {
    return this.#ordered().flatMap((block) => (block.kind === "text" ? toContentBlocks(block, false) : []));
  }

  #ordered(): readonly OpenBlock[] {
    return [...this.#blocks].sort(([left], [right]) => left - right).map(([, block]) => block);
  }

  /** A missing index means the block that is open; after its end, and at a start, a new one. */
  #resolve(index: number | undefined): number {
    if (index !== undefined) this.#lastIndex = index;
    return this.#lastIndex;
  }

  #nextIndex(): number {
    return Math.max(-1, ...this.#blocks.keys(), ...this.#closed) + 1;
  }

  #hasToolUse(toolUseId: string): boolean {
    return [...this.#blocks.values()].some((block) => block.kind === "tool" && block.toolUseId === toolUseId);
  }

  #text(at: number, text: string): AssembledDelta {
    const block = this.#blocks.get(at);
    if (block === undefined) this.#blocks.set(at, { kind: "text", text });
    else if (block.kind === "text") block.text += text;
    else return nothing;
    return text === "" ? nothing : { kind: "text", block: at, text };
  }

  #reasoning(at: number, delta: ReasoningContentBlockDelta): AssembledDelta {
    if (delta.redactedContent !== undefined) {
      const block = this.#blocks.get(at);
      if (block === undefined) this.#blocks.set(at, { kind: "redacted", bytes: [delta.redactedContent] });
      else if (block.kind === "redacted") block.bytes.push(delta.redactedContent);
      return nothing;
    }
    const block = this.#blocks.get(at) ?? { kind: "reasoning", text: "", signature: undefined };
    if (block.kind !== "reasoning") return nothing;
    this.#blocks.set(at, block);
    if (delta.signature !== undefined) block.signature = (block.signature ?? "") + delta.signature;
    const text = delta.text ?? "";
    block.text += text;
    return text === "" ? nothing : { kind: "reasoning", block: at, text };
  }

  #toolInput(at: number, fragment: string): AssembledDelta {
    const block = this.#blocks.get(at);
    if (block?.kind !== "tool") return nothing;
    block.json += fragment;
    return block.server || fragment === "" ? nothing : { kind: "tool-input", id: block.id, fragment };
  }
}

function toContentBlocks(block: Exclude<OpenBlock, { kind: "tool" }>, keepsBlank: boolean): ContentBlock[] {
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
