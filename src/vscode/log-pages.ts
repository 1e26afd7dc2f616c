/** The latest lines of the log, kept for where VS Code cannot write it. */
export class LogPages {
  readonly #most: number;
  #lines: string[] = [];

  /** `most`: how many lines are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  add(level: "debug" | "info" | "error", message: string, at: Date): void {
    const stamp = at.toISOString().replace("T", " ").replace("Z", "");
    this.#lines.push(`${stamp} [${level}] ${message}`);
    // Cut in bulk, so that a line costs the same in a long log.
    if (this.#lines.length > 2 * this.#most) this.#lines = this.#lines.slice(-this.#most);
  }
}
