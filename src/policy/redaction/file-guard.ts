import { canonicalPath, isInside } from "../canonical-path.ts";
import { classifyPath } from "../paths/classify-path.ts";
import type { PathContext } from "../paths/path-context.ts";
import { withheldNames } from "../paths/withheld-names.ts";
import type { Redactor } from "./redactor.ts";
import { createStreamRedactor, type StreamRedactor } from "./stream-redactor.ts";

const mark = /\[redacted:[a-z][a-z0-9-]{0,30}#\d{1,6}\]/g;

/** What tools ask before they hand on the text of a file, or take back text that they handed on masked. */
export class FileGuard {
  readonly #paths: PathContext;
  readonly #redactor: Redactor;

  constructor(paths: PathContext, redactor: Redactor) {
    this.#paths = paths;
    this.#redactor = redactor;
  }

  /** Secret, ignored or outside: a search says nothing of what is in it, unless the user let this very place be searched. */
  async isWithheld(path: string, approved?: string): Promise<boolean> {
    const { kind, place, canonical } = await classifyPath(path, this.#paths, "read");
    if (kind !== "ordinary") return kind !== "secret-text" || path !== approved;
    return place === "outside" && (approved === undefined || !isInside(await canonicalPath(approved), canonical));
  }

  /** Whether a file may be withheld, by its name alone. */
  withheldNames(): Promise<(path: string) => boolean> {
    return withheldNames(this.#paths);
  }

  /** A whole file with its secrets masked: the same lines. */
  mask(text: string, path: string): string {
    return this.#redactor.redactFile(text, path);
  }

  maskStream(): StreamRedactor {
    return createStreamRedactor(this.#redactor);
  }

  /** Puts back what `mask` took out of this very file: the mark of another file's secret stays one. */
  restore(text: string, file: { readonly text: string; readonly path: string }): string {
    if (!text.includes("[redacted:")) return text;
    const own = new Set(this.mask(file.text, file.path).match(mark));
    return text.replace(mark, (found) => (own.has(found) ? this.#redactor.restore(found) : found));
  }
}
