import { longestInline } from "./bound-parsing.ts";
import { buildBlock } from "./build-block.ts";
import { healBlock } from "./heal-block.ts";
import { highlightWithin } from "./highlight-queue.ts";
import { morph } from "./morph.ts";
import { OpenFence } from "./open-fence.ts";
import { type Block, normaliseSource, parseBlocks } from "./parse-blocks.ts";

interface FrozenBlock {
  readonly element: HTMLElement;
  readonly source: string;
}

/**
 * Markdown that grows. Only the unsettled tail is parsed; a block is frozen, and its element never touched again, once the next
 * block's first line is complete, since until then that line may still turn out to belong to it. At the end the whole text is parsed
 * once more only if it defines link references, the one thing that can reach back.
 */
export class StreamedMarkdown {
  readonly #container: HTMLElement;
  readonly #heal: boolean;
  #source = "";
  /** Where the unsettled tail begins. */
  #tailStart = 0;
  #frozen: FrozenBlock[] = [];
  #live: HTMLElement[] = [];
  #openFence: OpenFence | undefined;
  #definesReferences = false;
  #finished = false;

  /** @param options.heal whether unclosed marks of the growing block are closed for display */
  constructor(container: HTMLElement, options: { readonly heal: boolean } = { heal: true }) {
    this.#container = container;
    this.#heal = options.heal;
  }

  /**
   * Shows `text`, which usually continues what was shown before.
   * @param growing false when nothing more will come
   */
  update(text: string, growing: boolean): void {
    const source = normaliseSource(text);
    const continues = source.startsWith(this.#source);
    if (this.#finished && !growing && source === this.#source) return;
    if (!continues || this.#finished) this.#clear();
    const added = source.slice(this.#source.length);
    this.#source = source;
    if (growing && this.#openFence?.append(added) === true) return;
    this.#openFence = undefined;
    this.#showTail(growing);
    if (!growing) this.#finish();
  }

  #clear(): void {
    this.#container.replaceChildren();
    this.#source = "";
    this.#tailStart = 0;
    this.#frozen = [];
    this.#live = [];
    this.#openFence = undefined;
    this.#definesReferences = false;
    this.#finished = false;
  }

  #showTail(growing: boolean): void {
    const tail = this.#source.slice(this.#tailStart);
    const { blocks, definesReferences } = parseBlocks(tail);
    this.#definesReferences ||= definesReferences;
    const offsets = lineOffsets(tail);
    const shown = growing && this.#heal ? healLast(blocks, tail, offsets) : blocks;
    this.#morphLive(shown);
    if (!growing) return;
    this.#freeze(blocks, tail, offsets);
    const last = blocks.at(-1);
    const element = this.#live.at(-1);
    if (last !== undefined && element !== undefined) {
      this.#openFence = OpenFence.of(last, tail.slice(offsets[last.startLine]), element, this.#heal);
    }
  }

  #morphLive(blocks: readonly Block[]): void {
    for (const [index, block] of blocks.entries()) {
      const element = buildBlock(block);
      const existing = this.#live[index];
      if (existing === undefined) {
        this.#container.append(element);
        this.#live.push(element);
      } else if (existing.nodeName === element.nodeName && existing.className === element.className) {
        morph(existing, element);
      } else {
        existing.replaceWith(element);
        this.#live[index] = element;
      }
    }
    for (const surplus of this.#live.splice(blocks.length)) surplus.remove();
  }

  #freeze(blocks: readonly Block[], tail: string, offsets: readonly number[]): void {
    const completeLines = offsets.length - 1;
    let settled = blocks.length - 1;
    while (settled > 0 && !isCertain(blocks[settled], completeLines)) settled -= 1;
    if (settled <= 0) return;
    for (const block of blocks.slice(0, settled)) {
      const element = this.#live.shift();
      if (element !== undefined) this.#freezeBlock(element, sourceOf(block, tail, offsets));
    }
    this.#tailStart += offsets[blocks[settled]?.startLine ?? 0] ?? 0;
  }

  #freezeBlock(element: HTMLElement, source: string): void {
    this.#frozen.push({ element, source });
    highlightWithin(element);
  }

  #finish(): void {
    this.#finished = true;
    if (this.#definesReferences) this.#resolveReferences();
    for (const element of this.#live) highlightWithin(element);
  }

  /** Parses the whole text and replaces the blocks that come out differently: at most those with a bracket in them. */
  #resolveReferences(): void {
    const { blocks } = parseBlocks(this.#source);
    const offsets = lineOffsets(this.#source);
    const frozen = this.#frozen;
    const elements = [...frozen.map(({ element }) => element), ...this.#live];
    const resolved = blocks.map((block, index) => {
      const kept = frozen[index];
      const source = sourceOf(block, this.#source, offsets);
      const unchanged = kept?.source === source && (!source.includes("[") || block.tokens[0]?.type === "fence");
      return unchanged && kept !== undefined ? kept.element : buildBlock(block);
    });
    for (const [index, element] of resolved.entries()) {
      const existing = elements[index];
      if (existing === undefined) this.#container.append(element);
      else if (existing !== element) existing.replaceWith(element);
    }
    for (const surplus of elements.slice(resolved.length)) surplus.remove();
    this.#live = resolved;
    this.#frozen = [];
  }
}

/** A table is known by its second line, everything else by its first. */
function isCertain(block: Block | undefined, completeLines: number): boolean {
  if (block === undefined) return false;
  const needed = block.tokens[0]?.type === "table_open" ? 2 : 1;
  return block.startLine + needed <= completeLines;
}

/** Replaces the last block by what its healed source gives. */
function healLast(blocks: readonly Block[], tail: string, offsets: readonly number[]): readonly Block[] {
  const last = blocks.at(-1);
  if (last === undefined || last.tokens[0]?.type === "fence" || last.tokens[0]?.type === "code_block") return blocks;
  const source = tail.slice(offsets[last.startLine]);
  if (source.length > longestInline) return blocks;
  const healed = healBlock(source);
  return healed === source ? blocks : [...blocks.slice(0, -1), ...parseBlocks(healed).blocks];
}

function sourceOf(block: Block, text: string, offsets: readonly number[]): string {
  return text.slice(offsets[block.startLine], offsets[block.endLine] ?? text.length);
}

/** The offset of each line's start. */
function lineOffsets(text: string): readonly number[] {
  const offsets = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) offsets.push(end + 1);
  return offsets;
}
