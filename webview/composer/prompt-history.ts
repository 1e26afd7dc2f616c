/** Walks through earlier prompts. The unsent draft is the newest entry and survives the walk. */
export class PromptHistory {
  #prompts: readonly string[] = [];
  /** 0 is the draft, 1 the newest prompt. */
  #position = 0;
  #draft = "";

  /** @param prompts oldest first */
  setPrompts(prompts: readonly string[]): void {
    const distinct = prompts.filter((prompt, index) => prompt.trim() !== "" && prompt !== prompts[index - 1]);
    this.#prompts = distinct.toReversed();
    this.#position = Math.min(this.#position, this.#prompts.length);
  }

  /** @returns the text to show, or undefined at the oldest prompt */
  older(shown: string): string | undefined {
    if (this.#position >= this.#prompts.length) return undefined;
    if (this.#position === 0) this.#draft = shown;
    this.#position += 1;
    return this.#prompts[this.#position - 1];
  }

  /** @returns the text to show, or undefined at the draft */
  newer(): string | undefined {
    if (this.#position === 0) return undefined;
    this.#position -= 1;
    return this.#position === 0 ? this.#draft : this.#prompts[this.#position - 1];
  }

  /** Whoever edits or sends what is shown makes it the draft. */
  leave(): void {
    this.#position = 0;
  }
}
