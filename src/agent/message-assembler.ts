import type {
  ContentBlock,
  ContentBlockDelta,
  ContentBlockStart,
  ReasoningContentBlockDelta,
} from "@aws-sdk/client-bedrock-runtime";
import { toToolName, toToolUseId } from "./converse-names.ts";
import { type OpenBlock, toContentBlocks } from "./open-block.ts";
import { ThinkingSplitter } from "./thinking-splitter.ts";
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

/** What a delta adds, for the screen. `block` tells apart what is not one stretch. */
export type AssembledDelta =
  | { readonly kind: "text"; readonly block: number; readonly text: string }
  | { readonly kind: "reasoning"; readonly block: number; readonly text: string }
  | { readonly kind: "tool-input"; readonly id: string; readonly fragment: string };

export interface AssemblerOptions {
  /** The model writes its thinking into its text: it is shown as reasoning, and no part of the message. */
  readonly thinksInText?: boolean;
  /** The tool's name by the one that the model has for it. */
  readonly toolName?: (wireName: string) => string;
  /** Told of what the stream does against the protocol; `name` is the sender's own. */
  readonly onOddity?: (what: string, name?: string) => void;
}

/**
 * Puts the content blocks of one assistant message together. Bedrock opens text and reasoning blocks without a
 * `contentBlockStart`, gateways with an empty one: a block's kind is settled by its first delta, unless it is a tool's.
 */
export class MessageAssembler {
  readonly #blocks = new Map<number, OpenBlock>();
  readonly #closed = new Set<number>();
  readonly #uniqueId: (toolUseId: string) => string;
  readonly #options: AssemblerOptions;
  #lastIndex = 0;
  #stretch = { number: -1, of: "" };

  constructor(uniqueId: (toolUseId: string) => string, options: AssemblerOptions = {}) {
    this.#uniqueId = uniqueId;
    this.#options = options;
  }

  /** Opens a block; answers with the tool call that it began, if it is one of the client's. */
  start(index: number | undefined, start: ContentBlockStart | undefined): { id: string; name: string } | undefined {
    if (index === undefined && this.#blocks.has(this.#lastIndex)) this.#lastIndex = this.#nextIndex();
    const at = this.#resolve(index);
    if (start?.$unknown !== undefined) this.#odd("unknown block start", start.$unknown[0]);
    const toolUse = start?.toolUse;
    if (toolUse === undefined) return undefined;
    const { name, toolUseId: givenId } = toolUse;
    if (givenId === undefined || name === undefined) this.#odd("a tool call without id or name");
    else if (this.#blocks.has(at)) this.#odd("a second start of a block");
    else return this.#startTool(at, givenId, name, toolUse.type === "server_tool_use");
    return undefined;
  }

  #startTool(at: number, givenId: string, wireName: string, server: boolean) {
    const name = this.#options.toolName?.(wireName) ?? wireName;
    const given = toToolUseId(givenId);
    const id = server ? given : this.#uniqueId(given);
    const toolUseId = this.#hasToolUse(given) ? toToolUseId(id) : given;
    // An end that came before any block ended nothing.
    this.#closed.delete(at);
    this.#blocks.set(at, { kind: "tool", id, toolUseId, name, json: "", server });
    return server ? undefined : { id, name };
  }

  delta(index: number | undefined, delta: ContentBlockDelta | undefined): readonly AssembledDelta[] {
    if (index === undefined && this.#closed.has(this.#lastIndex)) this.#lastIndex = this.#nextIndex();
    const at = this.#resolve(index);
    if (delta?.$unknown !== undefined) return this.#odd("unknown delta", delta.$unknown[0]);
    if (this.#closed.has(at)) return this.#odd("a delta behind its block's end");
    if (delta?.text !== undefined) return this.#text(at, onlyText(delta.text));
    if (delta?.reasoningContent !== undefined) return this.#reasoning(at, delta.reasoningContent);
    if (delta?.toolUse !== undefined) return this.#toolInput(at, onlyText(delta.toolUse.input));
    return [];
  }

  /** Closes a block; answers with what was held back of it. */
  stop(index: number | undefined): readonly AssembledDelta[] {
    const at = this.#resolve(index);
    if (this.#closed.has(at)) return this.#odd("a second end of a block");
    this.#closed.add(at);
    return this.#release(at);
  }

  /** The stream is over: answers with what was held back of blocks that nothing closed. */
  stopAll(): readonly AssembledDelta[] {
    return [...this.#blocks.keys()].flatMap((at) => this.#release(at));
  }

  /** The whole message. Only to be asked for after `messageStop`. */
  finish(): AssembledMessage {
    const content: ContentBlock[] = [];
    const toolUses: AssembledToolUse[] = [];
    const blocks = this.#ordered();
    // A message with signed reasoning has to come back block for block.
    const keepsBlank = blocks.some(([, block]) => block.kind === "reasoning" && block.signature !== undefined);
    for (const [at, block] of blocks) {
      if (block.kind !== "tool") {
        content.push(...toContentBlocks(block, keepsBlank));
        continue;
      }
      const { id, toolUseId, name, server } = block;
      const input = this.#closed.has(at) || block.json.trim() !== "" ? parseToolInput(block.json) : unfinished;
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
    return this.#ordered().flatMap(([, block]) => (block.kind === "text" ? toContentBlocks(block, false) : []));
  }

  #ordered(): readonly (readonly [at: number, block: OpenBlock])[] {
    return [...this.#blocks].sort(([left], [right]) => left - right);
  }

  /** A missing index means the block that is open; after its end, and at a start, a new one. */
  #resolve(index: number | undefined): number {
    if (index === undefined) this.#odd("no contentBlockIndex");
    else this.#lastIndex = index;
    return this.#lastIndex;
  }

  #nextIndex(): number {
    return Math.max(-1, ...this.#blocks.keys(), ...this.#closed) + 1;
  }

  #hasToolUse(toolUseId: string): boolean {
    return [...this.#blocks.values()].some((block) => block.kind === "tool" && block.toolUseId === toolUseId);
  }

  #odd(what: string, name?: string): readonly AssembledDelta[] {
    this.#options.onOddity?.(what, name);
    return [];
  }

  #text(at: number, text: string): readonly AssembledDelta[] {
    const splitter = this.#options.thinksInText ? new ThinkingSplitter() : undefined;
    const block = this.#blocks.get(at) ?? { kind: "text", text: "", splitter };
    if (block.kind !== "text") return this.#odd("text in a block of another kind");
    this.#blocks.set(at, block);
    const pieces = block.splitter?.push(text) ?? [{ kind: "text", text } as const];
    return this.#take(at, block, pieces);
  }

  #release(at: number): readonly AssembledDelta[] {
    const block = this.#blocks.get(at);
    return block?.kind === "text" ? this.#take(at, block, block.splitter?.end() ?? []) : [];
  }

  #take(at: number, block: Extract<OpenBlock, { kind: "text" }>, pieces: ReturnType<ThinkingSplitter["push"]>) {
    return pieces.flatMap(({ kind, text }): readonly AssembledDelta[] => {
      if (kind === "text") block.text += text;
      return text === "" ? [] : [{ kind, block: this.#blockOnScreen(at, kind), text }];
    });
  }

  /** One block may hold several stretches of thinking and text: each is a block of its own on the screen. */
  #blockOnScreen(at: number, kind: "text" | "reasoning"): number {
    if (!this.#options.thinksInText) return at;
    const of = `${kind} ${at}`;
    if (this.#stretch.of !== of) this.#stretch = { number: this.#stretch.number + 1, of };
    return this.#stretch.number;
  }

  #reasoning(at: number, delta: ReasoningContentBlockDelta): readonly AssembledDelta[] {
    if (delta.$unknown !== undefined) return this.#odd("unknown reasoning delta", delta.$unknown[0]);
    const { redactedContent } = delta;
    if (redactedContent !== undefined) {
      const block = this.#blocks.get(at) ?? { kind: "redacted", bytes: [] };
      if (block.kind !== "redacted") return this.#odd("redacted reasoning in a block of another kind");
      this.#blocks.set(at, block);
      block.bytes.push(redactedContent);
      return [];
    }
    const block = this.#blocks.get(at) ?? { kind: "reasoning", text: "", signature: undefined };
    if (block.kind !== "reasoning") return this.#odd("reasoning in a block of another kind");
    this.#blocks.set(at, block);
    if (delta.signature !== undefined) block.signature = (block.signature ?? "") + onlyText(delta.signature);
    const text = onlyText(delta.text);
    block.text += text;
    return text === "" ? [] : [{ kind: "reasoning", block: this.#blockOnScreen(at, "reasoning"), text }];
  }

  #toolInput(at: number, fragment: string): readonly AssembledDelta[] {
    const block = this.#blocks.get(at);
    if (block?.kind !== "tool") return this.#odd("tool input without a tool call");
    block.json += fragment;
    return block.server || fragment === "" ? [] : [{ kind: "tool-input", id: block.id, fragment }];
  }
}

/**
 * The input of a call whose block was never closed, and of which nothing came: the call may have been cut off. Where
 * input came, only JSON that is whole is one; so gateways that close no block do no harm.
 */
const unfinished: ToolInput = { kind: "invalid", json: "", problem: "The call broke off before its input." };

/** The SDK does not check that text is text: a gateway's number would come through as it is. */
function onlyText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
