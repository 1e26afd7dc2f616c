import { findHiddenCharacter } from "../commands/hidden-characters.ts";

/** A text that is no rule; `position` is an offset in UTF-16 units. */
export class RuleSyntaxError extends Error {
  override readonly name = "RuleSyntaxError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Reads the text of a rule from left to right; what is not there throws `RuleSyntaxError`. */
export class RuleScanner {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    const hidden = findHiddenCharacter(text);
    if (hidden !== undefined) throw new RuleSyntaxError(`the character ${hidden.name} cannot be seen`, hidden.position);
  }

  get isAtEnd(): boolean {
    return this.position === this.#text.length;
  }

  isAt(text: string): boolean {
    return this.#text.startsWith(text, this.position);
  }

  /** Whether the text was there; then it is behind. */
  skip(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.position += text.length;
    return true;
  }

  expect(text: string, name: string): void {
    if (!this.skip(text)) throw this.error(`expected ${name}`);
  }

  /** `pattern` is sticky. */
  take(pattern: RegExp, name: string): string {
    pattern.lastIndex = this.position;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) throw this.error(`expected ${name}`);
    this.position += found.length;
    return found;
  }

  /** Text in double quotes; a backslash before anything but a quote and a backslash is itself. */
  quoted(): string {
    const whole = this.take(/"(?:[^"\\]|\\.)*"/suy, "a text in double quotes");
    return whole.slice(1, -1).replace(/\\(["\\])/g, "$1");
  }

  digest(): string {
    this.expect("sha256:", "sha256: and a digest");
    return this.take(/[0-9a-f]{64}(?![0-9a-f])/y, "64 digits from 0 to f");
  }

  error(message: string): RuleSyntaxError {
    return new RuleSyntaxError(message, this.position);
  }
}
