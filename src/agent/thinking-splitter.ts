/** A stretch of a model's text: what it says, or what it thinks. */
export interface SplitPiece {
  readonly kind: "text" | "reasoning";
  readonly text: string;
}

const opening = "<thinking>";
const closing = "</thinking>";

/**
 * Tells thinking from saying in the text of a model that writes `<thinking>…</thinking>` into it, as Amazon Nova does.
 * Fed delta by delta; the pieces are the same however the deltas were cut, and only what may become a tag is held back.
 * The opening tag counts where its line is blank before it, so that an answer may name it. The tags go, and so does
 * the white space between the thinking and what follows. Thinking that is not closed lasts to the end.
 */
export class ThinkingSplitter {
  #held = "";
  #kind: SplitPiece["kind"] = "text";
  #lineIsBlank = true;
  #skipsBlank = false;

  push(delta: string): readonly SplitPiece[] {
    const pieces: SplitPiece[] = [];
    let rest = this.#held + delta;
    this.#held = "";
    while (rest !== "") {
      if (this.#skipsBlank) {
        rest = rest.trimStart();
        this.#skipsBlank = rest === "";
      }
      const { before, after } = this.#cut(rest);
      if (before !== "") pieces.push({ kind: this.#kind, text: before });
      this.#lineIsBlank = this.#isBlankAfter(before);
      if (after === undefined) break;
      this.#kind = this.#kind === "text" ? "reasoning" : "text";
      this.#skipsBlank = this.#kind === "text";
      this.#lineIsBlank = true;
      rest = after;
    }
    return pieces;
  }

  /** The text is over: what was held back is no tag. */
  end(): readonly SplitPiece[] {
    const held = this.#held;
    this.#held = "";
    return held === "" ? [] : [{ kind: this.#kind, text: held }];
  }

  /** What comes before the next tag, and what behind it. Without a tag, an end that may become one is held. */
  #cut(text: string): { readonly before: string; readonly after?: string } {
    const tag = this.#kind === "text" ? opening : closing;
    for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
      const before = text.slice(0, at);
      if (this.#kind === "text" && !this.#isBlankAfter(before)) continue;
      if (text.startsWith(tag, at)) return { before, after: text.slice(at + tag.length) };
      if (!tag.startsWith(text.slice(at))) continue;
      this.#held = text.slice(at);
      return { before };
    }
    return { before: text };
  }

  #isBlankAfter(text: string): boolean {
    const line = text.lastIndexOf("\n") + 1;
    return (line > 0 || this.#lineIsBlank) && text.slice(line).trim() === "";
  }
}
