import { morphText } from "./morph.ts";
import type { Block } from "./parse-blocks.ts";
import { visibleText } from "./visible-text.ts";

/**
 * A fence that nothing has closed yet at the end of the text. What comes is appended to its text without parsing anything, until a
 * line could close it.
 */
export class OpenFence {
  readonly #node: Text;
  readonly #closing: RegExp;
  /** The start of a closing line, not shown while it may still become one. */
  readonly #partialClosing: RegExp | undefined;
  #content: string;

  private constructor(node: Text, marker: string, content: string, heal: boolean) {
    this.#node = node;
    this.#content = content;
    const character = marker.charAt(0);
    this.#closing = new RegExp(`^ {0,3}${character}{${marker.length},}[ \\t]*$`);
    this.#partialClosing = heal ? new RegExp(`(?:^|\\n) {0,3}${character}{1,${marker.length - 1}}$`) : undefined;
  }

  /**
   * @param source the block's text, to the end of the document
   * @param heal whether to hold back what may become the closing line
   * @returns undefined when the block is no open fence at the left margin
   */
  static of(block: Block, source: string, element: HTMLElement, heal: boolean): OpenFence | undefined {
    const token = block.tokens[0];
    const node = element.querySelector("code")?.firstChild;
    if (token?.type !== "fence" || block.tokens.length !== 1 || !(node instanceof Text)) return undefined;
    if (!source.startsWith(token.markup) || !source.includes("\n")) return undefined;
    const content = source.slice(source.indexOf("\n") + 1);
    // With a bar in it, the first line is a table's header if the second one turns out to be a delimiter row.
    if (token.info.includes("|") && !content.includes("\n")) return undefined;
    const fence = new OpenFence(node, token.markup, content, heal);
    if (content.split("\n").some((line) => fence.#closing.test(line))) return undefined;
    fence.#show();
    return fence;
  }

  /** @returns false when the text may close the fence and has to be parsed */
  append(text: string): boolean {
    const lineStart = this.#content.lastIndexOf("\n") + 1;
    const lines = (this.#content.slice(lineStart) + text).split("\n");
    if (lines.some((line) => this.#closing.test(line))) return false;
    this.#content += text;
    this.#show();
    return true;
  }

  #show(): void {
    const whole = this.#partialClosing === undefined ? this.#content : this.#content.replace(this.#partialClosing, "");
    // As the parser does with a last line that has nothing but spaces so far.
    const shown = whole.replace(/(?:^|\n)[ \t]*$/, "");
    morphText(this.#node, visibleText(shown));
  }
}
